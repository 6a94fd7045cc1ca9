/** The way a camera looks: at the person who holds the device, or away (Media Capture and Streams, section 4.3.8). */
export type Facing = 'user' | 'environment';

/** Phones' names for their cameras, for browsers that don't report `facingMode`. */
const labels: Readonly<Record<Facing, RegExp>> = {
  user: /\b(?:front|selfie)\b|前/i,
  environment: /\b(?:back|rear)\b|后|後|背面/i,
};

const facingOf = (modes: readonly unknown[], label: string): Facing | null => {
  const isFacing = (facing: Facing) =>
    modes.length > 0 ? modes.includes(facing) : labels[facing].test(label);
  const found = (['user', 'environment'] as const).filter(isFacing);
  return found.length === 1 ? found[0]! : null;
};

/** The way the camera of a track looks; null if unknown, as for a computer's camera. */
export const trackFacing = (track: MediaStreamTrack): Facing | null => {
  const { facingMode } = track.getSettings();
  return facingOf(facingMode ? [facingMode] : [], track.label);
};

const cameraFacing = (camera: MediaDeviceInfo): Facing | null => {
  // Not every browser has `InputDeviceInfo`.
  const modes =
    'getCapabilities' in camera ? (camera as InputDeviceInfo).getCapabilities().facingMode : undefined;
  return facingOf(modes ?? [], camera.label);
};

/**
 * The camera that looks the other way than the one in use; null if there is none, or if it is unknown which way they look.
 * A phone may have several on its back: the main one has the plainest name (“Back Camera” beside “Back Ultra Wide Camera”)
 * or the lowest number (“camera2 0, facing back”).
 */
export const oppositeCamera = (
  cameras: readonly MediaDeviceInfo[],
  inUse: MediaStreamTrack,
): MediaDeviceInfo | null => {
  const facing = trackFacing(inUse);
  if (facing === null) return null;
  const opposite = facing === 'user' ? 'environment' : 'user';
  const [first = null] = cameras
    .filter((camera) => camera.deviceId !== '' && cameraFacing(camera) === opposite)
    .sort((a, b) => a.label.length - b.label.length || (a.label < b.label ? -1 : 1));
  return first;
};
