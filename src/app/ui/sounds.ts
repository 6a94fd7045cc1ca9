import { inject, Injectable, signal } from '@angular/core';

import { Remembered } from '../storage/remembered';

const key = 'parley.sounds';

/** `ring`: somebody rings here; `ringback`: it rings there. Both go on until they are stopped. */
export type RepeatedSound = 'ring' | 'ringback';
/** What a sound tells. */
export type SoundKind = 'joined' | 'left' | 'message' | RepeatedSound;

/** Short sounds beside what is seen, unless the person wants none. */
@Injectable({ providedIn: 'root' })
export class Sounds {
  private readonly remembered = inject(Remembered);
  private readonly wanted = signal(this.remembered.get(key) !== 'off');

  readonly on = this.wanted.asReadonly();

  turn(on: boolean): void {
    this.wanted.set(on);
    this.remembered.set(key, on ? null : 'off');
  }

  /** Plays it, unless sounds are off or the browser wants a gesture first. Never rejects. */
  async play(kind: SoundKind): Promise<void> {
    if (!this.wanted()) return;
    try {
      const { ring } = await import('./tones');
      await ring(kind);
    } catch {
      // A sound that can't be fetched or played is missed by nobody who looks.
    }
  }

  /** Plays it over and over, unless sounds are off, until the returned function is called. */
  repeat(kind: RepeatedSound): () => void {
    const stop = new AbortController();
    void this.repeated(kind, stop.signal);
    return () => stop.abort();
  }

  private async repeated(kind: RepeatedSound, stop: AbortSignal): Promise<void> {
    if (!this.wanted()) return;
    try {
      const { repeat } = await import('./tones');
      await repeat(kind, stop);
    } catch {
      // The sheet says the same.
    }
  }
}
