import { dueTargets, isStandingDue, type Standing } from './standing';

describe('A standing offer', () => {
  const cases: readonly (readonly [what: string, standing: Standing, due: boolean])[] = [
    [
      'is published at once by a member who is alone',
      { alone: true, settled: false, published: false },
      true,
    ],
    ['waits while links are being made', { alone: false, settled: false, published: false }, false],
    ['is published once the links are settled', { alone: false, settled: true, published: false }, true],
    ['stays when links are made again', { alone: false, settled: false, published: true }, true],
  ];
  for (const [what, standing, due] of cases) it(what, () => expect(isStandingDue(standing)).toBe(due));

  it('is the only one that waits: offers to members are due at once', () => {
    const wanted = [
      { seat: 2, session: 'cleo' },
      { seat: 3, session: null },
    ];
    const when = { alone: false, settled: false };
    expect(dueTargets(wanted, [], when)).toEqual([wanted[0]!]);
    expect(dueTargets(wanted, [wanted[1]!], when)).toEqual(wanted);
    // It was published at another seat: at this one it is another offer.
    expect(dueTargets(wanted, [{ seat: 2, session: null }], when)).toEqual([wanted[0]!]);
  });
});
