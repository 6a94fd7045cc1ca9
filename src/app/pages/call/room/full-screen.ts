import { DOCUMENT, Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map } from 'rxjs';
import { noteError } from '../../../log/note';

/** Full screen for the call, if the browser supports it. */
@Injectable({ providedIn: 'root' })
export class FullScreen {
  private readonly document = inject(DOCUMENT);

  /** iPhones support it for videos only. */
  readonly supported = this.document.fullscreenEnabled === true;
  readonly active = toSignal(
    fromEvent(this.document, 'fullscreenchange').pipe(map(() => this.document.fullscreenElement !== null)),
    { initialValue: this.document.fullscreenElement !== null },
  );

  /** Needs a user gesture; a refusal changes nothing. */
  async toggle(): Promise<void> {
    try {
      if (this.document.fullscreenElement) await this.document.exitFullscreen();
      else await this.document.documentElement.requestFullscreen({ navigationUI: 'hide' });
    } catch (error) {
      // Refused by a policy or for lack of a gesture.
      noteError('pages', 'full-screen', error);
    }
  }
}
