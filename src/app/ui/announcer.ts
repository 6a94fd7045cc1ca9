import { LiveAnnouncer } from '@angular/cdk/a11y';
import { effect, inject, Injectable } from '@angular/core';

import { I18n } from '../i18n/i18n';

/** Says something to screen readers without showing it. */
@Injectable({ providedIn: 'root' })
export class Announcer {
  private readonly live = inject(LiveAnnouncer);
  private readonly language = inject(I18n).language;

  constructor() {
    let before = this.language();
    // What was said stays to be read again: not in a language that the page does not speak any more.
    effect(() => {
      const now = this.language();
      if (now !== before) this.live.clear();
      before = now;
    });
  }

  /** Waits for a pause in what is being read. */
  say(text: string): void {
    void this.live.announce(text, 'polite');
  }

  /** Interrupts: only for what can't wait. */
  alert(text: string): void {
    void this.live.announce(text, 'assertive');
  }
}
