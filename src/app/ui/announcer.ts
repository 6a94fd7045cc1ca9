import { LiveAnnouncer } from '@angular/cdk/a11y';
import { effect, inject, Injectable } from '@angular/core';

import { I18n } from '../i18n/i18n';

/** Announces texts to screen readers without showing them. */
@Injectable({ providedIn: 'root' })
export class Announcer {
  private readonly live = inject(LiveAnnouncer);
  private readonly language = inject(I18n).language;

  constructor() {
    let before = this.language();
    // The last announcement stays readable, so it is cleared when the page's language changes.
    effect(() => {
      const now = this.language();
      if (now !== before) this.live.clear();
      before = now;
    });
  }

  /** Waits for a pause in the speech. */
  say(text: string): void {
    void this.live.announce(text, 'polite');
  }

  /** Interrupts: only for what can't wait. */
  alert(text: string): void {
    void this.live.announce(text, 'assertive');
  }
}
