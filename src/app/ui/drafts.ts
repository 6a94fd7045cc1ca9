import { Injectable, signal } from '@angular/core';

/**
 * Texts that the person has typed and not used yet, by purpose. A page that a change of state replaces, or that the person
 * leaves, shows them again when it is back. Held until the app is closed, and never stored.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  /** The typed text, which may be empty; null if the person typed nothing. Reads a signal. */
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
