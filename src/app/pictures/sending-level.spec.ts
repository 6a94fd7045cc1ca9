import { nextSending, PathFigures, SendingState, STARTING } from './sending-level';

const carries = (available: number): PathFigures => ({ sends: true, available, loss: 0 });
const loses = (loss: number): PathFigures => ({ sends: true, available: null, loss });

type Stretch = readonly [seconds: number, figures: PathFigures];

/** The level in each second, on a path that changes. */
const levels = (...path: readonly Stretch[]) => {
  let state: SendingState = STARTING;
  return path.flatMap(([seconds, figures]) =>
    Array.from({ length: seconds }, () => {
      state = nextSending(state, figures);
      return state.level;
    }),
  );
};
/** The same levels, each once with its duration. */
const spans = (...path: readonly Stretch[]) =>
  levels(...path).reduce<[string, number][]>((held, level) => {
    const last = held.at(-1);
    return last?.[0] === level ? [...held.slice(0, -1), [level, last[1] + 1]] : [...held, [level, 1]];
  }, []);

describe('nextSending', () => {
  it('sends everything on a good path, and ignores one bad second', () => {
    expect(spans([60, carries(2_000_000)])).toEqual([['full', 60]]);
    expect(spans([2, carries(50_000)], [9, carries(900_000)], [2, carries(50_000)])).toEqual([['full', 13]]);
  });

  it('goes down level by level while the path is too slow, and pauses below the lowest floor', () => {
    expect(spans([5, carries(200_000)])).toEqual([
      ['full', 2],
      ['medium', 3],
    ]);
    expect(spans([11, carries(20_000)])).toEqual([
      ['full', 2],
      ['medium', 3],
      ['low', 3],
      ['paused', 3],
    ]);
  });

  it('stays where the path carries this level and not the next', () => {
    expect(spans([6, carries(100_000)], [60, carries(150_000)]).at(-1)![0]).toBe('low');
  });

  it('goes up more slowly than down', () => {
    expect(spans([6, carries(100_000)], [12, carries(600_000)])).toEqual([
      ['full', 2],
      ['medium', 3],
      ['low', 5],
      ['medium', 5],
      ['full', 3],
    ]);
  });

  it('retries video at growing intervals', () => {
    const pauses = spans([400, carries(10_000)]).filter(([level]) => level === 'paused');
    expect(pauses.map(([, seconds]) => seconds).slice(0, 5)).toEqual([10, 20, 40, 80, 80]);
  });

  it('gives a retry twice the time, because the estimate rises from what sound takes', () => {
    const retry = spans([18, carries(20_000)], [10, carries(55_000)]);
    expect(retry.at(-2)).toEqual(['low', 6]);
    const rising = [20_000, 30_000, 45_000, 59_000, 80_000].map((bits) => [1, carries(bits)] as const);
    expect(spans([18, carries(20_000)], ...rising, [60, carries(100_000)]).at(-1)).toEqual(['low', 65]);
  });

  it('keeps the level while no picture is to be sent', () => {
    const idle = { ...carries(20_000), sends: false };
    expect(spans([60, idle])).toEqual([['full', 60]]);
    // A retry begins when a picture is sent.
    expect(
      spans([18, carries(20_000)], [60, idle], [3, carries(20_000)], [9, carries(100_000)]).at(-1),
    ).toEqual(['low', 72]);
  });

  it('resets the interval once video has held', () => {
    const path = spans([80, carries(10_000)], [30, carries(600_000)], [20, carries(10_000)]);
    expect(path.filter(([level]) => level === 'paused').at(-1)).toEqual(['paused', 10]);
  });

  it('uses loss where the browser gives no estimate', () => {
    expect(levels([3, loses(0.2)]).at(-1)).toBe('medium');
    expect(levels([3, loses(0.2)], [5, loses(0)]).at(-1)).toBe('full');
    expect(levels([3, loses(0.2)], [30, loses(0.05)]).at(-1)).toBe('medium');
    expect(levels([60, { ...loses(0), loss: null }]).at(-1)).toBe('full');
  });
});
