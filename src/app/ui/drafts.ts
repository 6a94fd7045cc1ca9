import { Injectable, signal } from '@angular/core';

/**
 * Texts that the person has typed and not used yet, by what they are for. A page that a change of state replaces, or that the
 * person leaves for another, shows them when it is back. Held until the app is closed, and stored nowhere.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  /** What was typed, which may be nothing; null where it was not touched. Reads a signal. */
  get(purpose: string): string | null {
    return this.texts().get(purpose) ?? null;
  }

  /** Keeps a text as it was typed; `null` once it has been used. */
  set(purpose: string, text: string | null): void {
    this.texts.update((before) => {
      const texts = new Map(before);
      if (text === null) texts.delete(purpose);
      else texts.set(purpose, text);
      return texts;
    });
  }
}
