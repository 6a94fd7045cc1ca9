import type { Seat } from '../signaling/records';
import { freeSeat, isEarlier, withoutCopies } from './seating';

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

  it('lets nobody pass for the holder of a seat by using their session', () => {
    const [first, copy] = [seat(2, { since: 5 }), seat(0, { since: 6, session: 'session 2' })];
    expect(withoutCopies([copy, seat(1), first])).toEqual([
      { ...copy, session: 'session 2 at 0' },
      seat(1),
      first,
    ]);
    expect(withoutCopies([seat(0), seat(1)])).toEqual([seat(0), seat(1)]);
  });

  it('orders members by when they were seated, then by seat', () => {
    expect(isEarlier(seat(0), seat(1))).toBeTrue();
    expect(isEarlier(seat(1), seat(0))).toBeFalse();
    expect(isEarlier(seat(0, { since: NOW }), seat(1))).toBeFalse();
    expect(isEarlier(seat(0, { since: 5 }), seat(1, { since: 5 }))).toBeTrue();
  });
});
