import type { CallRecord, Seat } from '../signaling/records';
import { SHORT_LEASE } from '../signaling/lease';
import { SEATS } from './call-size';
import { farewellOf } from './farewell';
import { newRoster, type Roster } from './roster';

const NOW = 1_000_000;

const call = (change: Partial<CallRecord> = {}): CallRecord => ({
  createdAt: 0,
  expiresAt: Infinity,
  seats: SEATS,
  mode: 'mesh',
  door: 'open',
  host: 'ada',
  hostSeat: 0,
  ...change,
});
const seat = (number: number, uid: string): Seat => ({
  number,
  uid,
  session: `${uid} ${number}`,
  since: NOW + number,
  lease: NOW + 60_000,
  card: { name: uid },
});

/** Ada at seat 0, with these others. */
const roster = (others: readonly Seat[], change: Partial<CallRecord> = {}): Roster => ({
  ...newRoster('ada 0'),
  call: call(change),
  seated: {
    number: 0,
    name: 'Ada',
    since: 0,
    call: call(change),
    lease: SHORT_LEASE,
    created: true,
  },
  seats: [seat(0, 'ada'), ...others],
});

describe('farewellOf', () => {
  const [ben, cleo] = [seat(1, 'ben'), seat(2, 'cleo')];
  const of = (known: Roster, forGood: boolean, uid = 'ada') => farewellOf(known, uid, forGood, NOW);

  it('deletes the call of the last member', () => {
    expect(of(roster([]), true).last).toBeTrue();
    expect(of(roster([]), false).last).toBeTrue();
    expect(of(roster([ben]), true).last).toBeFalse();
    expect(of({ ...roster([]), seated: null }, true).last).toBeFalse();
    expect(of({ ...roster([ben]), left: new Set([ben.session]) }, true).last).toBeTrue();
  });

  it('keeps what a host has set while the page may only be reloading', () => {
    const person = { id: 'dora', name: 'Dora' };
    const kept = [
      roster([], { door: 'ask' }),
      roster([], { door: 'closed' }),
      roster([], { seats: 2 }),
      { ...roster([]), turnedAway: [person] },
      { ...roster([]), seated: { ...roster([]).seated!, created: undefined } },
      { ...roster([]), waiting: [{ ...person, since: NOW }] },
    ];
    for (const known of kept) {
      expect(of(known, false).last).toBeFalse();
      expect(of(known, true).last).toBeTrue();
    }
  });

  it('does not keep a call whose door only an absent host could open', () => {
    expect(of(roster([], { door: 'ask', host: 'ben' }), false).last).toBeTrue();
  });

  it('hands the role on for good alone: to the same person’s other window, else to who came first', () => {
    expect(of(roster([ben, cleo]), true).successor).toBe(ben);
    expect(of(roster([ben, seat(3, 'ada')]), true).successor).toEqual(seat(3, 'ada'));
    expect(of(roster([ben]), false).successor).toBeNull();
    expect(of(roster([ben], { host: 'ben' }), true).successor).toBeNull();
    expect(of(roster([]), true).successor).toBeNull();
  });

  it('gives up the admission where the door asks, unless another window needs it', () => {
    expect(of(roster([ben], { door: 'ask' }), true).admission).toBeTrue();
    expect(of(roster([ben]), true).admission).toBeFalse();
    expect(of(roster([ben], { door: 'ask' }), false).admission).toBeFalse();
    expect(of(roster([ben, seat(3, 'ada')], { door: 'ask' }), true).admission).toBeFalse();
  });
});
