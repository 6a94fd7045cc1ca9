import { Generations, nextGeneration, nextGenerations } from './generations';

describe('A generation of links', () => {
  const run = (...sessions: (string | null)[]) => {
    let held = nextGeneration(undefined, sessions[0]!);
    return sessions.map((session) => (held = nextGeneration(held, session)).number);
  };
  it('continues when a member takes the free seat', () => expect(run(null, 'a', 'a')).toEqual([0, 0, 0]));
  it('ends when that member leaves', () => expect(run(null, 'a', null, 'b')).toEqual([0, 0, 1, 1]));
  it('ends when a different member holds the seat', () => expect(run('a', 'b')).toEqual([0, 1]));

  it('ends when a standing offer is withdrawn, but not under a member', () => {
    expect(nextGeneration({ number: 2, session: null }, null, true).number).toBe(3);
    expect(nextGeneration({ number: 2, session: null }, 'a', true).number).toBe(2);
    expect(nextGeneration({ number: 2, session: 'a' }, 'a', true).number).toBe(2);
  });

  it('is counted for each seat, also while that seat gets no offer', () => {
    const steps = [
      [{ seat: 1, session: null }],
      [
        { seat: 1, session: 'a' },
        { seat: 2, session: null },
      ],
      [{ seat: 2, session: null }],
      [
        { seat: 1, session: null },
        { seat: 2, session: 'b' },
      ],
    ];
    let held: Generations = new Map();
    const numbers = steps.map((targets) => {
      held = nextGenerations(held, targets);
      return targets.map(({ seat }) => held.get(seat)?.number);
    });
    expect(numbers).toEqual([[0], [0, 0], [0], [1, 0]]);
  });
});
