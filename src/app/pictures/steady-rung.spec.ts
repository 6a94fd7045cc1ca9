import { BEST, steadied, type SteadyRung } from './steady-rung';

/** For how many seconds which rung is needed, and which is safe. */
type Stretch = readonly [seconds: number, needed: number, safe: number];

/** The rungs, each with the number of seconds that it lasted. */
const spans = (...stretches: readonly Stretch[]) => {
  let state: SteadyRung = BEST;
  let at = 0;
  const held: [rung: number, seconds: number][] = [];
  for (const [seconds, needed, safe] of stretches) {
    for (let second = 0; second < seconds; second++) {
      state = steadied(state, { needed, safe, urgent: false }, (at += 1_000));
      const last = held.at(-1);
      if (last?.[0] === state.rung) last[1]++;
      else held.push([state.rung, 1]);
    }
  }
  return held;
};

describe('a steady rung', () => {
  for (const [what, stretches, expected] of [
    ['stays at the best while it can be kept', [[60, 0, 0]], [[0, 60]]],
    [
      'ignores what lasts less than three seconds',
      [
        [3, 4, 5],
        [1, 0, 0],
        [3, 4, 5],
        [1, 0, 0],
      ],
      [[0, 8]],
    ],
    [
      'goes at once to the rung that is needed',
      [[5, 3, 4]],
      [
        [0, 3],
        [3, 2],
      ],
    ],
    [
      'stays where the better rung is possible but not safe',
      [
        [4, 3, 4],
        [60, 2, 3],
      ],
      [
        [0, 3],
        [3, 61],
      ],
    ],
    [
      'goes up once the better rung has been safe for five seconds',
      [
        [4, 3, 4],
        [10, 0, 1],
      ],
      [
        [0, 3],
        [3, 6],
        [1, 5],
      ],
    ],
  ] as const) {
    it(what, () => expect(spans(...(stretches as readonly Stretch[]))).toEqual(expected as never));
  }

  it('tries again ever more rarely what fails each time', () => {
    let state: SteadyRung = BEST;
    const raised: number[] = [];
    const [fails, holds] = [
      { needed: 1, safe: 1 },
      { needed: 0, safe: 0 },
    ];
    // The better rung looks safe until it is tried.
    for (let at = 0; at <= 400_000; at += 1_000) {
      const next = steadied(state, { ...(state.rung === 0 ? fails : holds), urgent: false }, at);
      if (next.rung < state.rung) raised.push(at / 1_000);
      state = next;
    }
    const pauses = raised.map((at, index) => at - (raised[index - 1] ?? 0));
    expect(pauses.length).toBeLessThan(8);
    expect(pauses.slice(1)).toEqual([...pauses.slice(1)].sort((a, b) => a - b));
  });

  it('is left at once when it can’t be kept for a moment', () => {
    expect(steadied(BEST, { needed: 5, safe: 6, urgent: true }, 0).rung).toBe(5);
    expect(steadied(BEST, { needed: 5, safe: 6, urgent: false }, 0).rung).toBe(0);
  });

  it('is soon tried again after it has held', () => {
    const path = spans([4, 1, 1], [40, 0, 0], [4, 1, 1], [40, 0, 0]);
    expect(path.map(([rung]) => rung)).toEqual([0, 1, 0, 1, 0]);
    expect(path[3]![1]).toBe(path[1]![1]);
  });
});
