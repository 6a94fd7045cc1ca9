import fc from 'fast-check';

import { ClockGap } from './clock-gap';

/** A request leaves here, the peer reads its clock, and the response arrives; delays in ms. */
interface Exchange {
  readonly there: number;
  readonly back: number;
}
const delay = fc.nat(20_000);
const exchanges = fc.array(fc.record({ there: delay, back: delay }), { minLength: 1, maxLength: 6 });

const after = (ahead: number, made: readonly Exchange[]) => {
  const gap = new ClockGap();
  let now = 1_700_000_000_000;
  for (const { there, back } of made) {
    gap.observe(now + there - ahead, now, now + there + back);
    now += there + back + 500;
  }
  return gap.ahead;
};

describe('The gap between two clocks', () => {
  it('is none for clocks that agree, however late messages are', () => {
    fc.assert(fc.property(exchanges, (made) => expect(after(0, made)).toBe(0)));
  });

  it('is never overestimated, and wrong by no more than the quickest exchange took', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 600_000 }), exchanges, (ahead, made) => {
        const found = after(ahead, made);
        const quickest = Math.min(...made.map(({ there, back }) => there + back));
        expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(ahead));
        expect(Math.abs(found - ahead)).toBeLessThanOrEqual(quickest);
      }),
    );
  });

  it('is learned again after a clock was set', () => {
    const gap = new ClockGap();
    gap.observe(10_000, 10_000, 10_100);
    gap.observe(11_000, 71_000, 71_100);
    expect(gap.ahead).toBe(60_000);
  });

  it('is none while nothing is known, and as small as a message without a request shows', () => {
    const gap = new ClockGap();
    expect(gap.ahead).toBe(0);
    gap.observe(5_000, -Infinity, 7_000);
    expect(gap.ahead).toBe(0);
    gap.observe(9_000, -Infinity, 8_000);
    expect(gap.ahead).toBe(-1_000);
  });
});
