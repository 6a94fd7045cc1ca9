import { DOCUMENT, Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map } from 'rxjs';

/** The whole screen for the call, where the browser can. */
@Injectable({ providedIn: 'root' })
export class FullScreen {
  private readonly document = inject(DOCUMENT);

  /** iPhones have it for videos alone. */
  readonly supported = this.document.fullscreenEnabled === true;
  readonly active = toSignal(
    fromEvent(this.document, 'fullscreenchange').pipe(map(() => this.document.fullscreenElement !== null)),
    { initialValue: this.document.fullscreenElement !== null },
  );

  /** Needs a press; a refusal leaves everything as it is. */
  async toggle(): Promise<void> {
    try {
      if (this.document.fullscreenElement) await this.document.exitFullscreen();
      else await this.document.documentElement.requestFullscreen({ navigationUI: 'hide' });
    } catch {
      // Refused by a policy or for want of a press.
    }
  }
}
