import * as fc from 'fast-check';

import type { LinkRecord, Seat } from '../signaling/records';
import { mesh } from './mesh';
import type { Seating } from './topology';

const NOW = 1_000_000;
const seat = (number: number, change: Partial<Seat> = {}): Seat => ({
  number,
  uid: `uid ${number}`,
  session: `session ${number}`,
  since: NOW - 1000 + number,
  lease: NOW + 60_000,
  card: { name: '' },
  ...change,
});
const seating = (seats: readonly Seat[], change: Partial<Seating> = {}): Seating => ({
  seats,
  count: 4,
  open: true,
  now: NOW,
  active: new Set(),
  left: new Set(),
  ...change,
});
const over = { lease: NOW };

describe('A mesh', () => {
  describe('offers', () => {
    const targets = (self: Seat, seats: readonly Seat[], change: Partial<Seating> = {}) =>
      mesh.offerTargets(self, seating(seats, change)).map((target) => [target.seat, target.session]);

    it('go to the next free seat', () => expect(targets(seat(0), [seat(0)])).toEqual([[1, null]]));
    it('go to each later member, and not to earlier ones', () => {
      const all = [seat(0), seat(1), seat(2)];
      expect(targets(seat(1), all)).toEqual([
        [2, 'session 2'],
        [3, null],
      ]);
    });
    it('leave no pair of members without an offer, and none with two', () => {
      const all = [
        seat(0, { since: 7 }),
        seat(1, { since: 3 }),
        seat(2, { since: 5 }),
        seat(3, { since: 3 }),
      ];
      const pairs = all.flatMap((self) =>
        targets(self, all).map(([to]) => [self.number, Number(to)].sort().join('-')),
      );
      expect(pairs.sort()).toEqual(['0-1', '0-2', '0-3', '1-2', '1-3', '2-3']);
    });
    it('are not published at a free seat of a closed call', () =>
      expect(targets(seat(0), [seat(0)], { open: false })).toEqual([]));
    it('are not published when the call is full', () => {
      expect(targets(seat(1), [seat(0), seat(1)], { count: 2 })).toEqual([]);
    });
    it('skip members whose lease has run out', () => {
      expect(targets(seat(0), [seat(0), seat(1, over)], { count: 2 })).toEqual([[1, null]]);
    });
    it('go on to a member whose lease has run out while the link is active, and to none who said goodbye', () => {
      const all = [seat(0), seat(1, over)];
      expect(targets(seat(0), all, { count: 2, active: new Set(['session 1']) })).toEqual([[1, 'session 1']]);
      const left = new Set(['session 1']);
      expect(targets(seat(0), [seat(0), seat(1)], { count: 2, left })).toEqual([]);
    });
  });

  describe('of eight', () => {
    const eight = Array.from({ length: 8 }, (_, number) => seat(number));
    const without = (...missing: readonly number[]) =>
      eight.filter(({ number }) => !missing.includes(number));
    const targets = (self: number, seats: readonly Seat[], change: Partial<Seating> = {}) =>
      mesh
        .offerTargets(
          seats.find(({ number }) => number === self)!,
          seating(seats, { count: 8, ...change }),
        )
        .map((target) => (target.session === null ? `${target.seat} next` : String(target.seat)));
    const table: Readonly<
      Record<string, readonly [self: number, seats: readonly Seat[], targets: readonly string[]]>
    > = {
      'the first offers to all others': [0, eight, ['1', '2', '3', '4', '5', '6', '7']],
      'the fourth offers to the later half': [3, eight, ['4', '5', '6', '7']],
      'the last offers to nobody: all seats are taken': [7, eight, []],
      'the first of seven also keeps the last seat': [
        0,
        without(7),
        ['1', '2', '3', '4', '5', '6', '7 next'],
      ],
      'the last of seven keeps it too': [6, without(7), ['7 next']],
      'all keep the lowest of two free seats': [5, without(2, 6), ['7', '2 next']],
      'a member who took a low seat late offers only to those who came later': [
        1,
        [...without(1), seat(1, { since: NOW - 1 })].sort((a, b) => a.number - b.number),
        [],
      ],
      'members seated at the same moment are ordered by seat': [
        4,
        eight.map((held) => ({ ...held, since: NOW })),
        ['5', '6', '7'],
      ],
    };
    for (const [what, [self, seats, expected]] of Object.entries(table)) {
      it(what, () => expect(targets(self, seats)).toEqual([...expected]));
    }

    it('has one offerer for each pair, in any order of joining, with any members missing', () => {
      fc.assert(
        fc.property(
          fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 2 }),
          fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 8 }),
          (numbers, since) => {
            const seats = numbers.sort((a, b) => a - b).map((n) => seat(n, { since: NOW - since[n]! }));
            const offers = seats.flatMap((self) =>
              mesh
                .offerTargets(self, seating(seats, { count: 8, open: false }))
                .map((target) => [self.number, target.seat].sort().join('-')),
            );
            const pairs = numbers.flatMap((a) => numbers.filter((b) => a < b).map((b) => `${a}-${b}`));
            expect(offers.sort()).toEqual(pairs.sort());
          },
        ),
      );
    });
  });

  it('expects offers from earlier members, and from any member until the own seat is known', () => {
    expect(mesh.isOffered(undefined, [])).toBeFalse();
    expect(mesh.isOffered(undefined, [seat(0)])).toBeTrue();
    const [first, second] = [seat(0), seat(1)];
    expect(mesh.isOffered(first, [first, second])).toBeFalse();
    expect(mesh.isOffered(second, [first, second])).toBeTrue();
  });

  describe('an offer', () => {
    const link = {
      seat: 1,
      id: 'x',
      from: 'uid 0',
      fromSeat: 0,
      revision: 1,
      offer: { session: 'session 0', sdp: '', candidates: [], complete: true },
      pranswer: null,
      answer: null,
      answered: false,
    } satisfies LinkRecord;

    it('counts while its author is in the call', () =>
      expect(mesh.counts(link, seating([seat(0)]))).toBeTrue());
    for (const [what, change, seats] of [
      ['they left', {}, []],
      ['their lease ran out', {}, [seat(0, over)]],
      ['they came back as another stay', {}, [seat(0, { session: 'session 9' })]],
      ['another person wrote it', { from: 'uid 9' }, [seat(0)]],
      ['it fails to decrypt', { offer: null }, [seat(0)]],
    ] as const) {
      it(`does not count when ${what}`, () =>
        expect(mesh.counts({ ...link, ...change }, seating(seats))).toBeFalse());
    }
  });
});
