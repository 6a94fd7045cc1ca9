import { fromEvent, Observable } from 'rxjs';

import { canCaptureScreen } from './media-devices';
import { errorName } from './media-error';

/**
 * Why a screen could not be shown.
 *
 * - `refused`: the person closed the browser's question
 * - `system`: the system does not let this browser record the screen (macOS)
 * - `policy`: a policy of the site or the organization forbids it
 * - `unreadable`: the system or another program holds what was picked
 * - `press`: the browser wants a press right before
 * - `unsupported`: the browser can't capture screens (as on phones)
 * - `failed`: anything else
 */
export type ScreenReason =
  'refused' | 'system' | 'policy' | 'unreadable' | 'press' | 'unsupported' | 'failed';

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

/** A screen that is captured. */
export interface CapturedScreen {
  readonly stream: MediaStream;
  /** Its sound is left out: this browser can't keep the others' voices out of it. */
  readonly withheld: boolean;
}

/** What TypeScript does not know of Screen Capture yet. */
type Constraints = MediaTrackSupportedConstraints & { readonly restrictOwnAudio?: boolean };
type Settings = MediaTrackSettings & { readonly restrictOwnAudio?: boolean };

/** Whether the browser can leave what this page plays, the others' voices, out of the system's sound. */
const canRestrictOwnAudio = (mediaDevices: Partial<MediaDevices>): boolean => {
  const supported: Constraints | undefined = mediaDevices.getSupportedConstraints?.();
  return supported?.restrictOwnAudio === true;
};

/** What is asked for; sound comes where the browser has it to give. */
const wanted = (restricts: boolean): DisplayMediaStreamOptions & Readonly<Record<string, unknown>> => ({
  video: { frameRate: { ideal: 30, max: 30 } },
  // The person goes on hearing what they show.
  audio: { restrictOwnAudio: true, suppressLocalAudioPlayback: false } as MediaTrackConstraints,
  // Showing a call its own window is a hall of mirrors.
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: restricts ? 'include' : 'exclude',
});

/**
 * Takes out sound that would send the others their own voices back: that of a whole screen or window, where the browser
 * did not restrict it. A tab's sound has no voices of this call in it. Returns whether sound is withheld.
 */
const withhold = (stream: MediaStream, picture: MediaStreamTrack, restricts: boolean): boolean => {
  if (picture.getSettings().displaySurface === 'browser') return false;
  const sounds = stream.getAudioTracks();
  const echoes = sounds.filter(
    (sound) => !restricts || (sound.getSettings() as Settings).restrictOwnAudio === false,
  );
  for (const sound of echoes) {
    sound.stop();
    stream.removeTrack(sound);
  }
  return echoes.length > 0 || !restricts;
};

/** `getDisplayMedia` rejects with few names for many reasons (Screen Capture, section 5.1); Chromium tells more in the message. */
const screenReason = (thrown: unknown): ScreenReason => {
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : '';
  switch (errorName(thrown)) {
    case 'NotAllowedError':
      if (/by system/i.test(message)) return 'system';
      return /polic/i.test(message) ? 'policy' : 'refused';
    case 'SecurityError':
      return 'policy';
    // There is always a screen: Firefox finds none where macOS does not let it.
    case 'NotFoundError':
      return 'system';
    case 'NotReadableError':
    case 'AbortError':
      return 'unreadable';
    case 'InvalidStateError':
      return 'press';
    default:
      return 'failed';
  }
};

/**
 * A screen, window or tab that the person picks (Screen Capture, section 5.1): asked for by subscribing, which must
 * happen in a press, and stopped by unsubscribing, also when it is granted only afterwards. Emits the screen once and
 * completes when it is ended by the browser's own button. Errors with a `ScreenError`.
 */
export const screenCapture = (mediaDevices: MediaDevices | null): Observable<CapturedScreen> =>
  new Observable((subscriber) => {
    if (!canCaptureScreen(mediaDevices)) {
      subscriber.error(new ScreenError('unsupported'));
      return;
    }
    const restricts = canRestrictOwnAudio(mediaDevices);
    mediaDevices.getDisplayMedia(wanted(restricts)).then(
      (stream) => {
        subscriber.add(() => stream.getTracks().forEach((track) => track.stop()));
        const [picture] = stream.getVideoTracks();
        if (subscriber.closed || !picture) return subscriber.complete();
        // Letters must stay sharp; a film shown this way may stutter instead.
        picture.contentHint = 'detail';
        subscriber.add(fromEvent(picture, 'ended').subscribe(() => subscriber.complete()));
        subscriber.next({ stream, withheld: withhold(stream, picture, restricts) });
      },
      (cause: unknown) => subscriber.error(new ScreenError(screenReason(cause), { cause })),
    );
  });
