import { LiveAnnouncer } from '@angular/cdk/a11y';
import { inject, Injectable } from '@angular/core';

/** Says something to screen readers without showing it. */
@Injectable({ providedIn: 'root' })
export class Announcer {
  private readonly live = inject(LiveAnnouncer);

  /** Waits for a pause in what is being read. */
  say(text: string): void {
    void this.live.announce(text, 'polite');
  }

  /** Interrupts: only for what can't wait. */
  alert(text: string): void {
    void this.live.announce(text, 'assertive');
  }
}
