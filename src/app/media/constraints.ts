import type { InputKind, PictureSize, Treatment, Tuning } from './media';

/** The member of `MediaStreamConstraints` for each input. */
const members = { microphone: 'audio', camera: 'video' } as const satisfies Record<
  InputKind,
  keyof MediaStreamConstraints
>;

/** Pixels, in landscape orientation. */
export const sizes: Readonly<Record<PictureSize, readonly [width: number, height: number]>> = {
  high: [1280, 720],
  medium: [640, 360],
  low: [320, 180],
};

/** The treatments that apply to each input. */
export const treatmentsOf: Readonly<Record<InputKind, readonly Treatment[]>> = {
  microphone: ['noiseSuppression', 'voiceIsolation'],
  camera: ['backgroundBlur'],
};

/** The wanted video or audio properties. All are optional, so a device that lacks one can still be opened. */
export const wanted = (kind: InputKind, tuning: Tuning): MediaTrackConstraints => {
  const [width, height] = sizes[tuning.picture];
  const usual: MediaTrackConstraints =
    kind === 'camera'
      ? { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } }
      : { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const said = treatmentsOf[kind].filter((treatment) => tuning[treatment] !== null);
  return { ...usual, ...Object.fromEntries(said.map((treatment) => [treatment, tuning[treatment]])) };
};

/** The constraints for `getUserMedia`. `null` leaves the device to the system: on a phone, the front camera. */
export const constraints = (
  kind: InputKind,
  deviceId: string | null,
  tuning: Tuning,
): MediaStreamConstraints => {
  const device: MediaTrackConstraints =
    deviceId !== null ? { deviceId: { exact: deviceId } } : kind === 'camera' ? { facingMode: 'user' } : {};
  return { [members[kind]]: { ...wanted(kind, tuning), ...device } };
};
