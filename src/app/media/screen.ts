import { fromEvent, Observable } from 'rxjs';

import { canCaptureScreen } from './media-devices';
import { errorName } from './media-error';

/**
 * Why a screen could not be shown.
 *
 * - `refused`: the person closed the browser's question, or the system or a policy forbids it
 * - `unsupported`: the browser can't capture screens (as on phones)
 * - `failed`: anything else
 */
export type ScreenReason = 'refused' | 'unsupported' | 'failed';

/** A failure to capture a screen. Pages look the words up by `reason`. */
export class ScreenError extends Error {
  override readonly name = 'ScreenError';

  constructor(
    readonly reason: ScreenReason,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** What is asked for; sound comes where the browser has it to give. */
const WANTED: DisplayMediaStreamOptions & Readonly<Record<string, unknown>> = {
  video: { frameRate: { ideal: 30, max: 30 } },
  audio: true,
  // Showing a call its own window is a hall of mirrors.
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: 'include',
};

/**
 * A screen, window or tab that the person picks (Screen Capture, section 5.1): asked for by subscribing, which must
 * happen in a press, and stopped by unsubscribing, also when it is granted only afterwards. Emits the stream once and
 * completes when it is ended by the browser's own button. Errors with a `ScreenError`.
 */
export const screenCapture = (mediaDevices: MediaDevices | null): Observable<MediaStream> =>
  new Observable((subscriber) => {
    if (!canCaptureScreen(mediaDevices)) {
      subscriber.error(new ScreenError('unsupported'));
      return;
    }
    mediaDevices.getDisplayMedia(WANTED).then(
      (stream) => {
        subscriber.add(() => stream.getTracks().forEach((track) => track.stop()));
        const [picture] = stream.getVideoTracks();
        if (subscriber.closed || !picture) return subscriber.complete();
        // Letters must stay sharp; a film shown this way may stutter instead.
        picture.contentHint = 'detail';
        subscriber.add(fromEvent(picture, 'ended').subscribe(() => subscriber.complete()));
        subscriber.next(stream);
      },
      (cause: unknown) =>
        subscriber.error(
          new ScreenError(errorName(cause) === 'NotAllowedError' ? 'refused' : 'failed', { cause }),
        ),
    );
  });
