import { ALLOWED_SHARE, CostMeter, paces, sizeFor, type Verdict } from './pace';

/** Counts frames that each take `busy` ms, one every `period` ms, and returns the verdicts. */
const verdicts = (meter: CostMeter, frames: number, busy: number, period = 40): readonly Verdict[] => {
  let now = 0;
  return Array.from({ length: frames }, () => meter.count((now += period), busy)).filter((it) => it !== null);
};

describe('CostMeter', () => {
  it('measures the share of a core over 30 frames, without the first ones', () => {
    const meter = new CostMeter();
    expect(verdicts(meter, 5, 1_000)).toEqual([]);
    expect(verdicts(meter, 30, 10)).toEqual([]);
    expect(verdicts(meter, 1, 10)).toEqual([]);
  });

  it('reports the share and keeps the pace while it fits', () => {
    const meter = new CostMeter();
    expect(verdicts(meter, 36, 10)).toEqual([{ share: 0.25, next: 'keep' }]);
    expect(meter.pace).toBe(paces[0]);
  });

  it('lowers the pace step by step, then refuses with the share of the last', () => {
    const meter = new CostMeter();
    const seen = verdicts(meter, 36 * paces.length, 30);
    expect(seen.map(({ next }) => next)).toEqual(['lower', 'lower', 'lower', 'refuse']);
    expect(seen.every(({ share }) => share === 0.75)).toBeTrue();
    expect(meter.pace).toBe(paces[paces.length - 1]!);
  });

  it('allows exactly half a core', () => {
    expect(ALLOWED_SHARE).toBe(0.5);
    expect(verdicts(new CostMeter(), 36, 20)).toEqual([{ share: 0.5, next: 'keep' }]);
  });

  it('measures by time where frames are rare', () => {
    expect(verdicts(new CostMeter(), 11, 600, 1_000)).toEqual([{ share: 0.6, next: 'lower' }]);
  });
});

describe('paces', () => {
  it('get cheaper: fewer frames in which the person is looked for, and no larger pictures', () => {
    const masks = paces.map(({ maskEvery, frameEvery }) => 1 / (maskEvery * frameEvery));
    const sides = paces.map(({ longestSide }) => longestSide);
    expect(masks).toEqual([...masks].sort((a, b) => b - a));
    expect(sides).toEqual([...sides].sort((a, b) => b - a));
  });
});

describe('sizeFor', () => {
  const pace = { maskEvery: 1, frameEvery: 1, longestSide: 640 };

  it('keeps the shape, in either orientation', () => {
    expect(sizeFor(1280, 720, pace)).toEqual({ width: 640, height: 360 });
    expect(sizeFor(720, 1280, pace)).toEqual({ width: 360, height: 640 });
  });

  it('never enlarges, and is even', () => {
    expect(sizeFor(320, 181, pace)).toEqual({ width: 320, height: 182 });
    expect(sizeFor(1, 1, pace)).toEqual({ width: 2, height: 2 });
  });
});
