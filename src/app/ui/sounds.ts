import { Injectable } from '@angular/core';

import { noteError } from '../log/note';
import { RememberedSwitch } from '../storage/remembered-switch';

/** `ring`: an incoming ring; `ringback`: an outgoing ring. Both repeat until stopped. */
export type RepeatedSound = 'ring' | 'ringback';
/** The events that have a sound. */
export type SoundKind = 'joined' | 'left' | 'message' | 'knock' | RepeatedSound;

/** Short sounds for events that are also shown, unless the person turns them off. */
@Injectable({ providedIn: 'root' })
export class Sounds extends RememberedSwitch {
  constructor() {
    super('parley.sounds', 'off');
  }

  /** Plays a sound, unless sounds are off or the browser requires a gesture first. Never rejects. */
  async play(kind: SoundKind): Promise<void> {
    if (!this.on()) return;
    try {
      const { ring } = await import('./tones');
      await ring(kind);
    } catch (error) {
      // If the sound can't be loaded or played, the screen still shows the event.
      noteError('ui', 'sound', error);
    }
  }

  /** Repeats a sound until the returned function is called, unless sounds are off. */
  repeat(kind: RepeatedSound): () => void {
    const stop = new AbortController();
    void this.repeated(kind, stop.signal);
    return () => stop.abort();
  }

  private async repeated(kind: RepeatedSound, stop: AbortSignal): Promise<void> {
    if (!this.on()) return;
    try {
      const { repeat } = await import('./tones');
      await repeat(kind, stop);
    } catch (error) {
      // The sheet shows the same.
      noteError('ui', 'sound', error);
    }
  }
}
