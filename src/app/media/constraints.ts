import type { InputKind } from './media';

/** The member of `MediaStreamConstraints` an input is asked for by. */
const members = { microphone: 'audio', camera: 'video' } as const satisfies Record<
  InputKind,
  keyof MediaStreamConstraints
>;

const wanted: Readonly<Record<InputKind, MediaTrackConstraints>> = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};

/** What to ask `getUserMedia` for. `null` leaves the device to the system: on a phone the camera facing the person. */
export const constraints = (kind: InputKind, deviceId: string | null): MediaStreamConstraints => {
  const device: MediaTrackConstraints =
    deviceId !== null ? { deviceId: { exact: deviceId } } : kind === 'camera' ? { facingMode: 'user' } : {};
  return { [members[kind]]: { ...wanted[kind], ...device } };
};
