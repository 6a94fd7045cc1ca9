import { devicesOf, hindrance, MediaError, troublesOf } from './media';

describe('Problems of microphone and camera', () => {
  const denied = (device: 'microphone' | 'camera') =>
    hindrance(device, { status: 'failed', error: new MediaError(device, 'denied') })!;

  it('are one if the reason is the same', () => {
    const [trouble, ...more] = troublesOf([denied('microphone'), denied('camera')]);
    expect(more).toEqual([]);
    expect(trouble).toEqual({ devices: 'both', reason: 'denied' });
    expect(devicesOf(trouble!)).toEqual(['microphone', 'camera']);
  });

  it('are two if the reasons differ', () => {
    const troubles = troublesOf([denied('microphone'), { device: 'camera', reason: 'muted' }]);
    expect(troubles).toEqual([
      { devices: 'microphone', reason: 'denied' },
      { devices: 'camera', reason: 'muted' },
    ]);
    expect(troubles.map(devicesOf)).toEqual([['microphone'], ['camera']]);
  });

  it('concern one device, or none', () => {
    expect(troublesOf([denied('camera')])).toEqual([{ devices: 'camera', reason: 'denied' }]);
    expect(troublesOf([])).toEqual([]);
  });
});
