import { Injectable, signal } from '@angular/core';

/** Whose pictures the person wants to see whole, with bands beside them. Remembered until the page is closed. */
@Injectable({ providedIn: 'root' })
export class WholePictures {
  private readonly whole = signal<ReadonlySet<string>>(new Set());

  /** @param whose session of a member */
  has(whose: string): boolean {
    return this.whole().has(whose);
  }

  toggle(whose: string): void {
    this.whole.update((before) => {
      const now = new Set(before);
      if (!now.delete(whose)) now.add(whose);
      return now;
    });
  }
}
