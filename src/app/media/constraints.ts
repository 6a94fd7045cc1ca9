import type { InputKind, PictureSize, Treatment, Tuning } from './media';

/** The member of `MediaStreamConstraints` an input is asked for by. */
const members = { microphone: 'audio', camera: 'video' } as const satisfies Record<
  InputKind,
  keyof MediaStreamConstraints
>;

/** Pixels, as a camera held upright or a computer's has them. */
export const sizes: Readonly<Record<PictureSize, readonly [width: number, height: number]>> = {
  high: [1280, 720],
  medium: [640, 360],
  low: [320, 180],
};

/** What can be done to an input's picture or sound. */
export const treatmentsOf: Readonly<Record<InputKind, readonly Treatment[]>> = {
  microphone: ['noiseSuppression', 'voiceIsolation'],
  camera: ['backgroundBlur'],
};

/** How picture or sound are wanted; none of it keeps a device from being opened that has it otherwise. */
export const wanted = (kind: InputKind, tuning: Tuning): MediaTrackConstraints => {
  const [width, height] = sizes[tuning.picture];
  const usual: MediaTrackConstraints =
    kind === 'camera'
      ? { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } }
      : { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const said = treatmentsOf[kind].filter((treatment) => tuning[treatment] !== null);
  return { ...usual, ...Object.fromEntries(said.map((treatment) => [treatment, tuning[treatment]])) };
};

/** What to ask `getUserMedia` for. `null` leaves the device to the system: on a phone the camera facing the person. */
export const constraints = (
  kind: InputKind,
  deviceId: string | null,
  tuning: Tuning,
): MediaStreamConstraints => {
  const device: MediaTrackConstraints =
    deviceId !== null ? { deviceId: { exact: deviceId } } : kind === 'camera' ? { facingMode: 'user' } : {};
  return { [members[kind]]: { ...wanted(kind, tuning), ...device } };
};
