import { fakeDevice } from '../testing/fake-local-media';
import { oppositeCamera, trackFacing } from './facing';

const track = (label: string, facingMode?: string) =>
  ({ label, getSettings: () => ({ facingMode }) }) as unknown as MediaStreamTrack;
const camera = (label: string, modes?: readonly string[]) =>
  Object.assign(
    fakeDevice('videoinput', label, label),
    modes && { getCapabilities: () => ({ facingMode: modes }) },
  );
const opposite = (cameras: readonly MediaDeviceInfo[], inUse: MediaStreamTrack) =>
  oppositeCamera(cameras, inUse)?.label ?? null;

describe('trackFacing', () => {
  it('is what the browser reports, or what the name says', () => {
    expect(trackFacing(track('Camera', 'environment'))).toBe('environment');
    expect(trackFacing(track('Front Camera', 'environment'))).toBe('environment');
    expect(trackFacing(track('camera2 1, facing front'))).toBe('user');
    expect(trackFacing(track('后置相机'))).toBe('environment');
    expect(trackFacing(track('Integrated Webcam'))).toBeNull();
  });
});

describe('oppositeCamera', () => {
  it('is the main camera on the other side', () => {
    const android = [
      camera('camera2 3, facing front'),
      camera('camera2 2, facing back'),
      camera('camera2 1, facing front'),
      camera('camera2 0, facing back'),
    ];
    expect(opposite(android, track('camera2 1, facing front', 'user'))).toBe('camera2 0, facing back');
    expect(opposite(android, track('camera2 0, facing back'))).toBe('camera2 1, facing front');
    const iPhone = ['Front Camera', 'Back Dual Wide Camera', 'Back Camera'].map((name) => camera(name));
    expect(opposite(iPhone, track('Front Camera', 'user'))).toBe('Back Camera');
    const localized = [camera('Frontkamera', ['user']), camera('Rückkamera', ['environment'])];
    expect(opposite(localized, track('Frontkamera', 'user'))).toBe('Rückkamera');
  });

  it('is none on a computer, or where all look the same way', () => {
    const computer = [camera('Integrated Webcam', []), camera('Capture card')];
    expect(opposite(computer, track('Integrated Webcam'))).toBeNull();
    expect(opposite([camera('Front Camera'), camera('Webcam')], track('Front Camera', 'user'))).toBeNull();
  });

  it('is none while names and ids are hidden', () => {
    expect(opposite([fakeDevice('videoinput', '', 'Back Camera')], track('Front Camera', 'user'))).toBeNull();
  });
});
