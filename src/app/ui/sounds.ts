import { inject, Injectable, signal } from '@angular/core';

import { Remembered } from './remembered';

const key = 'parley.sounds';

/** What a sound tells. */
export type SoundKind = 'joined' | 'left' | 'message';

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
}
