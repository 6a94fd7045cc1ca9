import { DOCUMENT, inject, Injectable } from '@angular/core';

/** Small settings kept on this device. A browser that blocks storage forgets them with the page, and nothing else. */
@Injectable({ providedIn: 'root' })
export class Remembered {
  private readonly window = inject(DOCUMENT).defaultView;

  get(key: string): string | null {
    try {
      return this.window?.localStorage.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** `null` forgets. */
  set(key: string, value: string | null): void {
    try {
      if (value === null) this.window?.localStorage.removeItem(key);
      else this.window?.localStorage.setItem(key, value);
    } catch {
      // Blocked or full: the setting holds until the page goes.
    }
  }
}
