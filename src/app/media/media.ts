/** The kinds of device that a person can choose. */
export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** A device whose track is sent to the other members. */
export type InputKind = Exclude<DeviceKind, 'speaker'>;

/**
 * Why a microphone or camera could not be opened.
 *
 * - `denied`: the person or a policy refused (`NotAllowedError`, `SecurityError`)
 * - `missing`: no such device (`NotFoundError`, `OverconstrainedError`)
 * - `busy`: another program holds it or the hardware failed (`NotReadableError`, `AbortError`)
 * - `unsupported`: the browser has no `mediaDevices` (also on an insecure origin)
 * - `lost`: it was unplugged or the system ended it while in use
 * - `failed`: anything else
 */
export type MediaReason = 'denied' | 'missing' | 'busy' | 'unsupported' | 'lost' | 'failed';

/** A failure of one device. Carries no text for people: pages look up the text by `device` and `reason`. */
export class MediaError extends Error {
  override readonly name = 'MediaError';

  constructor(
    readonly device: InputKind,
    readonly reason: MediaReason,
    options?: ErrorOptions,
  ) {
    super(`${device}: ${reason}`, options);
  }
}

/**
 * Why Parley can't blur the background.
 *
 * - `slow`: it would take too much of the processor
 * - `unsupported`: the browser lacks what it needs
 * - `failed`: anything else, such as a library that did not load
 */
export type BlurTrouble = 'slow' | 'unsupported' | 'failed';

/**
 * The state of the blur that ships with Parley. A `share` is processor time per time, 1 for one core.
 *
 * - `absent`: nothing to switch, because the camera is closed or blurs by itself
 * - `off`: can be turned on; `slow` is the share of an attempt that was refused since the page was loaded
 * - `unsupported`: the browser lacks what it needs
 * - `on`: `share` is null until it is measured
 */
export type BlurState =
  | { readonly status: 'absent' | 'starting' | 'unsupported' }
  | { readonly status: 'off'; readonly slow: number | null }
  | { readonly status: 'on'; readonly share: number | null }
  | { readonly status: 'failed'; readonly reason: BlurTrouble; readonly share: number | null };

/**
 * The state of one's own microphone or camera.
 *
 * `muted`: the device is open, but the system makes it deliver only silence or black (Media Capture and Streams, section
 * 4.3.1.1): a phone call, a switch on the device, a privacy setting. It becomes `on` again when that ends.
 *
 * `held`: the camera works, but its background can't be blurred as the person wants it, so it is closed.
 */
export type InputState =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  | { readonly status: 'on'; readonly track: MediaStreamTrack }
  | { readonly status: 'muted'; readonly track: MediaStreamTrack }
  | { readonly status: 'failed'; readonly error: MediaError }
  | { readonly status: 'held'; readonly reason: BlurTrouble };

/** The track of an open input, including one muted by the system; null while it is closed. */
export const openTrack = (state: InputState): MediaStreamTrack | null =>
  state.status === 'on' || state.status === 'muted' ? state.track : null;

/** What keeps a person from being heard or seen: a failure, or the system. Pages look up the text by both fields. */
export type Hindrance =
  | { readonly device: InputKind; readonly reason: MediaReason | 'muted' }
  | { readonly device: 'camera'; readonly reason: 'held'; readonly trouble: BlurTrouble };

/** What is wrong with an input that is turned on; null when nothing is. */
export const hindrance = (device: InputKind, state: InputState): Hindrance | null => {
  if (state.status === 'failed') return state.error;
  if (state.status === 'held') return { device: 'camera', reason: 'held', trouble: state.reason };
  return state.status === 'muted' ? { device, reason: 'muted' } : null;
};

/** One or two inputs with the same problem, which one message covers. Pages look up the text by its fields. */
export type Trouble =
  | { readonly devices: InputKind | 'both'; readonly reason: MediaReason | 'muted' }
  | { readonly devices: 'camera'; readonly reason: 'held'; readonly trouble: BlurTrouble };

/** Merges the hindrances of microphone and camera if they have the same reason. */
export const troublesOf = (hindrances: readonly Hindrance[]): readonly Trouble[] => {
  const [first, second] = hindrances;
  return first && second && first.reason !== 'held' && first.reason === second.reason
    ? [{ devices: 'both', reason: first.reason }]
    : hindrances.map(troubleOf);
};

const troubleOf = (hindrance: Hindrance): Trouble =>
  hindrance.reason === 'held'
    ? { devices: 'camera', reason: 'held', trouble: hindrance.trouble }
    : { devices: hindrance.device, reason: hindrance.reason };

/** The inputs that a problem is about. */
export const devicesOf = ({ devices }: Trouble): readonly InputKind[] =>
  devices === 'both' ? ['microphone', 'camera'] : [devices];

/** The available devices, as far as the browser reveals them (labels are empty until permission is granted). */
export interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** The devices that the person chose, by `deviceId`; `null` is the system's choice. Remembered on this device. */
export interface ChosenDevices {
  readonly microphone: string | null;
  readonly camera: string | null;
  readonly speaker: string | null;
}

/** The resolution requested of one's camera. */
export type PictureSize = 'high' | 'medium' | 'low';

/**
 * Processing that some browsers can do themselves, by constraint name (Media Capture and Streams, section 4.3.8, and its
 * Extensions).
 */
export type Treatment = 'backgroundBlur' | 'noiseSuppression' | 'voiceIsolation';

/** A person's video and audio preferences, remembered on this device. `null`: not set. */
export type Tuning = { readonly picture: PictureSize } & Readonly<Record<Treatment, boolean | null>>;
