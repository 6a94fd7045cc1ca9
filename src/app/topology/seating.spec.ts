import type { LinkRecord, Seat } from '../signaling/records';
import { freeSeat, isEarlier, nextGeneration, offerTargets, isOffererPresent } from './seating';

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
const over = { lease: NOW };

describe('seating', () => {
  describe('the free seat', () => {
    it('is the lowest that no member holds', () => {
      expect(freeSeat([], 2, NOW)).toBe(0);
      expect(freeSeat([seat(0)], 2, NOW)).toBe(1);
      expect(freeSeat([seat(1)], 2, NOW)).toBe(0);
      expect(freeSeat([seat(0), seat(2)], 4, NOW)).toBe(1);
    });
    it('may be one whose lease has run out', () =>
      expect(freeSeat([seat(0, over), seat(1)], 2, NOW)).toBe(0));
    it('is none in a full call', () => expect(freeSeat([seat(0), seat(1)], 2, NOW)).toBeNull());
  });

  it('orders members by when they were seated, then by seat', () => {
    expect(isEarlier(seat(0), seat(1))).toBeTrue();
    expect(isEarlier(seat(1), seat(0))).toBeFalse();
    expect(isEarlier(seat(0, { since: NOW }), seat(1))).toBeFalse();
    expect(isEarlier(seat(0, { since: 5 }), seat(1, { since: 5 }))).toBeTrue();
  });

  describe('offers', () => {
    const targets = (self: Seat, seats: readonly Seat[], count = 4, open = true) =>
      offerTargets(self, seats, count, open, NOW).map((target) => [target.seat, target.session]);

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
      expect(targets(seat(0), [seat(0)], 4, false)).toEqual([]));
    it('are not published when the call is full', () => {
      expect(targets(seat(1), [seat(0), seat(1)], 2)).toEqual([]);
    });
    it('skip members whose lease has run out', () => {
      expect(targets(seat(0), [seat(0), seat(1, over)], 2)).toEqual([[1, null]]);
    });
  });

  describe('a generation of links', () => {
    const run = (...sessions: (string | null)[]) => {
      let held = nextGeneration(undefined, sessions[0]!);
      return sessions.map((session) => (held = nextGeneration(held, session)).number);
    };
    it('continues when a member takes the free seat', () => expect(run(null, 'a', 'a')).toEqual([0, 0, 0]));
    it('ends when that member leaves', () => expect(run(null, 'a', null, 'b')).toEqual([0, 0, 1, 1]));
    it('ends when a different member holds the seat', () => expect(run('a', 'b')).toEqual([0, 1]));
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
      expect(isOffererPresent(link, [seat(0)], NOW)).toBeTrue());
    for (const [what, change, seats] of [
      ['they left', {}, []],
      ['their lease ran out', {}, [seat(0, over)]],
      ['they came back as another stay', {}, [seat(0, { session: 'session 9' })]],
      ['another person wrote it', { from: 'uid 9' }, [seat(0)]],
      ['it fails to decrypt', { offer: null }, [seat(0)]],
    ] as const) {
      it(`does not count when ${what}`, () =>
        expect(isOffererPresent({ ...link, ...change }, seats, NOW)).toBeFalse());
    }
  });
});
