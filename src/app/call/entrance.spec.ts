import { BehaviorSubject, Observable, of } from 'rxjs';

import type { CallRecord, GuestRecord } from '../signaling/records';
import { type Entrance, entrance$, entranceOf } from './entrance';

const CREATED = 1_000;
const call = (change: Partial<CallRecord> = {}): CallRecord => ({
  createdAt: CREATED,
  expiresAt: Infinity,
  seats: 8,
  mode: 'mesh',
  door: 'open',
  host: 'host',
  hostSeat: 0,
  ...change,
});
const guest = (state: GuestRecord['state'], at = CREATED): GuestRecord => ({ state, at });

describe('The entrance', () => {
  const doors = ['open', 'ask', 'closed'] as const;
  const before = CREATED - 1;
  const cases: readonly (readonly [
    what: string,
    guest: GuestRecord | null,
    atEach: readonly [open: Entrance, ask: Entrance, closed: Entrance],
  ])[] = [
    ['without a document', null, ['free', 'ask', 'closed']],
    ['while the knock waits', guest('waiting'), ['free', 'ask', 'closed']],
    ['once admitted', guest('admitted'), ['free', 'free', 'free']],
    ['once refused', guest('refused'), ['refused', 'refused', 'refused']],
    ['admitted to an earlier call', guest('admitted', before), ['free', 'ask', 'closed']],
    ['refused in an earlier call', guest('refused', before), ['free', 'ask', 'closed']],
  ];
  for (const [what, document, entrances] of cases) {
    it(`is, ${what}: ${entrances.join(', ')}`, () => {
      expect(doors.map((door) => entranceOf(call({ door }), document, 'guest'))).toEqual([...entrances]);
      expect(doors.map((door) => entranceOf(call({ door }), document, 'host'))).toEqual([
        'free',
        'free',
        'free',
      ]);
    });
  }

  it('reads the guest’s document at an open door only once a seat was refused', () => {
    let reads = 0;
    const guest$ = new Observable<GuestRecord>((subscriber) => {
      reads++;
      return of(guest('refused')).subscribe(subscriber);
    });
    const refused$ = new BehaviorSubject(false);
    const found: Entrance[] = [];
    entrance$({ uid: 'guest', guest$, refused$ }, call()).subscribe((entrance) => found.push(entrance));
    expect([found, reads]).toEqual([['free'], 0]);
    refused$.next(true);
    expect([found, reads]).toEqual([['free', 'refused'], 1]);
  });
});
