import { fromEvent, Observable } from 'rxjs';

import { note, noteError } from '../log/note';
import { canCaptureScreen } from './media-devices';
import { errorName } from './media-error';

/**
 * Why a screen could not be shared.
 *
 * - `refused`: the person dismissed the browser's prompt
 * - `system`: the system does not let this browser record the screen (macOS)
 * - `policy`: a policy of the site or the organization forbids it
 * - `unreadable`: the system or another program blocks the selected source
 * - `press`: the browser requires a user gesture immediately before
 * - `unsupported`: the browser can't capture screens (as on phones)
 * - `failed`: anything else
 */
export type ScreenReason =
  'refused' | 'system' | 'policy' | 'unreadable' | 'press' | 'unsupported' | 'failed';

/** A failure to capture a screen. Pages look up their text by `reason`. */
export class ScreenError extends Error {
  override readonly name = 'ScreenError';

  constructor(
    readonly reason: ScreenReason,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** A captured screen. */
export interface CapturedScreen {
  readonly stream: MediaStream;
  /** Its audio is left out: this browser can't keep the other members' voices out of it. */
  readonly withheld: boolean;
}

/** Parts of Screen Capture that TypeScript's types lack. */
type Constraints = MediaTrackSupportedConstraints & { readonly restrictOwnAudio?: boolean };
type Settings = MediaTrackSettings & { readonly restrictOwnAudio?: boolean };

/** Whether the browser can keep what this page plays, the other members' voices, out of the system audio. */
const canRestrictOwnAudio = (mediaDevices: Partial<MediaDevices>): boolean => {
  const supported: Constraints | undefined = mediaDevices.getSupportedConstraints?.();
  return supported?.restrictOwnAudio === true;
};

/** The capture options. Audio is included where the browser provides it. */
const wanted = (restricts: boolean): DisplayMediaStreamOptions & Readonly<Record<string, unknown>> => ({
  video: { frameRate: { ideal: 30, max: 30 } },
  // The person keeps hearing what they share.
  audio: { restrictOwnAudio: true, suppressLocalAudioPlayback: false } as MediaTrackConstraints,
  // A call that shows its own window is a hall of mirrors.
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: restricts ? 'include' : 'exclude',
});

/**
 * Removes audio that would send the other members their own voices back: that of a whole screen or window, unless the
 * browser restricted it. A tab's audio contains no voices of this call. Returns whether audio is withheld.
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

/**
 * `getDisplayMedia` rejects with few error names for many reasons (Screen Capture, section 5.1). Chromium's message says
 * more.
 */
const screenReason = (thrown: unknown): ScreenReason => {
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : '';
  switch (errorName(thrown)) {
    case 'NotAllowedError':
      if (/by system/i.test(message)) return 'system';
      return /polic/i.test(message) ? 'policy' : 'refused';
    case 'SecurityError':
      return 'policy';
    // There is always a screen: Firefox reports none when macOS denies access.
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
 * A screen, window or tab that the person picks (Screen Capture, section 5.1). Subscribing opens the prompt and must
 * happen in a user gesture; unsubscribing stops the capture, even when it is granted only afterwards. Emits the screen
 * once and completes when the person ends it with the browser's own button. Errors with a `ScreenError`.
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
        // Text must stay sharp; a shared video may stutter instead.
        picture.contentHint = 'detail';
        note('media', 'screen-on');
        subscriber.add(
          fromEvent(picture, 'ended').subscribe(() => {
            note('media', 'screen-ended');
            subscriber.complete();
          }),
        );
        subscriber.next({ stream, withheld: withhold(stream, picture, restricts) });
      },
      (cause: unknown) => {
        const error = new ScreenError(screenReason(cause), { cause });
        noteError('media', 'screen', error);
        subscriber.error(error);
      },
    );
  });
