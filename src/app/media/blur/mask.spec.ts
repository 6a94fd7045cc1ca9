import { BACKDROP_HEIGHT, BACKDROP_WIDTH, MASK_HEIGHT, MASK_WIDTH, writeBackdrop, writeMask } from './mask';

const pixels = MASK_WIDTH * MASK_HEIGHT;

const maskOf = (confidence: number, times = 1) => {
  const picture = new Uint8ClampedArray(pixels * 4);
  const smoothed = new Float32Array(pixels);
  const given = new Float32Array(pixels).fill(confidence);
  for (let time = 0; time < times; time += 1) writeMask(given, smoothed, picture);
  return picture[3]!;
};

describe('writeMask', () => {
  it('shows what is surely the person, and nothing of what is probably background', () => {
    expect(maskOf(1, 4)).toBe(255);
    expect(maskOf(0.3, 20)).toBe(0);
    expect(maskOf(0.55, 20)).toBeGreaterThan(60);
    expect(maskOf(0.55, 20)).toBeLessThan(200);
  });

  it('does not follow a single doubtful frame', () => {
    const picture = new Uint8ClampedArray(pixels * 4);
    const smoothed = new Float32Array(pixels).fill(1);
    writeMask(new Float32Array(pixels).fill(0.5), smoothed, picture);
    expect(picture[3]!).toBeGreaterThan(160);
  });
});

describe('writeBackdrop', () => {
  const backdropOf = (paint: (x: number, y: number) => readonly [number, number, number, number]) => {
    const picture = new Uint8ClampedArray(pixels * 4);
    for (let index = 0; index < pixels; index += 1) {
      picture.set(paint(index % MASK_WIDTH, Math.floor(index / MASK_WIDTH)), index * 4);
    }
    const backdrop = new Uint8ClampedArray(BACKDROP_WIDTH * BACKDROP_HEIGHT * 4);
    writeBackdrop(picture, backdrop);
    return (x: number, y: number) => [...backdrop.slice((y * BACKDROP_WIDTH + x) * 4).slice(0, 4)];
  };

  it('keeps an even colour', () => {
    const at = backdropOf(() => [40, 80, 120, 0]);
    expect(at(0, 0)).toEqual([40, 80, 120, 255]);
    expect(at(BACKDROP_WIDTH - 1, BACKDROP_HEIGHT - 1)).toEqual([40, 80, 120, 255]);
  });

  it('leaves nothing of stripes as wide as letters on a wall', () => {
    const at = backdropOf((x) => (x % 16 < 8 ? [255, 255, 255, 0] : [0, 0, 0, 0]));
    for (let x = 8; x < BACKDROP_WIDTH - 8; x += 1) {
      expect(at(x, 10)[0]).toBeGreaterThan(85);
      expect(at(x, 10)[0]).toBeLessThan(170);
    }
  });

  it('has nothing of the person’s colours around them', () => {
    // A red person, 40 pixels wide, before a blue wall.
    const at = backdropOf((x) => (x >= 108 && x < 148 ? [255, 0, 0, 255] : [0, 0, 255, 0]));
    for (const x of [24, 26, 37, 39]) {
      expect(at(x, 18)[0]).withContext(`red beside the person, at ${x}`).toBeLessThan(8);
      expect(at(x, 18)[2]).toBeGreaterThan(245);
    }
  });

  it('is opaque and not black where the person fills the picture', () => {
    expect(backdropOf(() => [200, 100, 50, 255])(30, 18)).toEqual([200, 100, 50, 255]);
  });
});
