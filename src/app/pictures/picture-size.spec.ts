import { pictureParameters } from './picture-size';

const HD = { width: 1280, height: 720 };

describe('pictureParameters', () => {
  it('sends full-size video when the peer shows it large or hasn’t said', () => {
    expect(pictureParameters(HD, null, 'full')).toEqual({
      active: true,
      scaleResolutionDownBy: 1,
      maxFramerate: 30,
      maxBitrate: 2_488_320,
    });
    expect(pictureParameters(HD, { width: 1920, height: 1080 }, 'full').scaleResolutionDownBy).toBe(1);
  });

  it('sends no more than is shown', () => {
    const scale = (width: number, height: number) =>
      pictureParameters(HD, { width, height }, 'full').scaleResolutionDownBy;
    expect(scale(640, 360)).toBe(2);
    expect(scale(320, 180)).toBe(4);
    expect(scale(10, 10)).toBe(6);
    // In portrait on a phone, video is cropped, not scaled down.
    expect(scale(780, 1400)).toBe(1);
    expect(scale(600, 340)).toBe(2);
  });

  it('uses fewer bits for fewer pixels, down to a minimum', () => {
    const bits = (width: number) =>
      pictureParameters(HD, { width, height: (width * 9) / 16 }, 'full').maxBitrate;
    expect(bits(640)).toBeLessThan(bits(1280) / 3);
    expect(bits(64)).toBeGreaterThanOrEqual(80_000);
  });

  it('respects the limits of the level in either camera orientation', () => {
    expect(pictureParameters(HD, null, 'medium')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 2, maxFramerate: 20, maxBitrate: 400_000 }),
    );
    expect(pictureParameters({ width: 720, height: 1280 }, null, 'low')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 4, maxFramerate: 12 }),
    );
    expect(pictureParameters({ width: 320, height: 180 }, null, 'medium').scaleResolutionDownBy).toBe(1);
  });

  it('sends nothing while paused', () => {
    expect(pictureParameters(HD, null, 'paused').active).toBeFalse();
  });
});
