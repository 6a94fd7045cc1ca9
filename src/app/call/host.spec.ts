import type { CallRecord, Seat } from '../signaling/records';
import { candidates, hostSession, isHostSession } from './host';

const NOW = 1_000_000;
const call: CallRecord = {
  createdAt: 0,
  expiresAt: Infinity,
  seats: 8,
  mode: 'mesh',
  door: 'open',
  host: 'ada',
  hostSeat: 0,
};
const seat = (number: number, uid: string, change: Partial<Seat> = {}): Seat => ({
  number,
  uid,
  session: `session ${number}`,
  since: NOW - 1_000 + number,
  lease: NOW + 60_000,
  card: null,
  ...change,
});
const lapsed = { lease: NOW - 1 };
const [ada, ben, cleo] = [seat(0, 'ada'), seat(1, 'ben'), seat(2, 'cleo')];

describe('The host', () => {
  const nobody: ReadonlySet<string> = new Set<string>();
  interface Case {
    readonly seats: readonly Seat[];
    readonly self?: string;
    readonly active?: readonly string[];
    readonly away?: readonly string[];
    readonly hostSeat?: number;
    readonly host: string | null;
  }
  const cases: Readonly<Record<string, Case>> = {
    'is the member with the uid in the call’s document': { seats: [ada, ben], host: 'session 0' },
    'is unknown before the seats are': { seats: [], host: null },
    'is nobody once the seat is free': { seats: [ben], host: null },
    'is nobody once the lease has expired': { seats: [seat(0, 'ada', lapsed), ben], host: null },
    'stays while the link is active although the lease has expired': {
      seats: [seat(0, 'ada', lapsed), ben],
      active: ['session 0'],
      host: 'session 0',
    },
    'is nobody after a goodbye': { seats: [ada, ben], away: ['session 0'], host: null },
    'stays this member although the own lease has expired': {
      seats: [seat(0, 'ada', lapsed)],
      self: 'session 0',
      host: 'session 0',
    },
    'is found at another seat': { seats: [ben, seat(3, 'ada')], host: 'session 3' },
    'is, of two seats, the one in the call’s document': {
      seats: [ada, seat(3, 'ada')],
      hostSeat: 3,
      host: 'session 3',
    },
  };
  for (const [what, { seats, self = 'session 1', active, away, hostSeat = 0, host }] of Object.entries(
    cases,
  )) {
    it(what, () => {
      const known = { seats, self, call: { ...call, hostSeat } };
      const sets = { active: active ? new Set(active) : nobody, away: away ? new Set(away) : nobody };
      expect(hostSession({ ...known, ...sets }, NOW)).toBe(host);
    });
  }

  it('is recognised by any of the host’s seats', () => {
    const known = { call, seats: [ada, ben, seat(3, 'ada')] };
    expect(
      ['session 0', 'session 1', 'session 3', 'unknown'].map((each) => isHostSession(known, each)),
    ).toEqual([true, false, true, false]);
  });

  it('is followed by the member who has been there longest', () => {
    const since = (time: number) => ({ since: time });
    const seats = [
      seat(0, 'ada', since(30)),
      seat(1, 'ben', since(10)),
      seat(2, 'cleo', since(20)),
      seat(3, 'dora', lapsed),
    ];
    const numbers = (away: readonly string[]) =>
      candidates({ seats, away: new Set(away) }, NOW).map(({ number }) => number);
    expect(numbers([])).toEqual([1, 2, 0]);
    expect(numbers(['session 1'])).toEqual([2, 0]);
    expect(candidates({ seats: [cleo], away: nobody }, NOW)).toEqual([cleo]);
  });
});
