import { distinctUntilChanged, map, Observable, of, switchMap } from 'rxjs';

import type { CallRecord, GuestRecord } from '../signaling/records';
import type { VisitContext } from './visit-context';

/** What a guest finds at the door: `free` to enter, or why not. `ask`: a member must admit the guest first. */
export type Entrance = 'free' | 'ask' | 'closed' | 'refused';

/** What the rules say about this guest: `mayEnter` in firestore.rules. */
export function entranceOf(call: CallRecord, guest: GuestRecord | null, uid: string): Entrance {
  if (call.host === uid) return 'free';
  // A document from an earlier call under the same code says nothing.
  const state = guest && guest.at >= call.createdAt ? guest.state : null;
  if (state === 'refused') return 'refused';
  if (call.door === 'open' || state === 'admitted') return 'free';
  return call.door;
}

/** Follows the entrance. At an open door, the guest's own document is read only once a seat was refused. */
export const entrance$ = (
  { uid, guest$, refused$ }: Pick<VisitContext, 'uid' | 'guest$' | 'refused$'>,
  call: CallRecord,
): Observable<Entrance> =>
  refused$.pipe(
    switchMap((refused) =>
      call.door === 'open' && !refused
        ? of(entranceOf(call, null, uid))
        : guest$.pipe(map((guest) => entranceOf(call, guest, uid))),
    ),
    distinctUntilChanged(),
  );
