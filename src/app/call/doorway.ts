import { combineLatest, distinctUntilChanged, from, map, Observable, of, startWith, switchMap } from 'rxjs';

import type { CallRecord, Seat } from '../signaling/records';
import type { CallState } from './call-state';
import { membersOf } from './members';
import { freeSeat, isLive } from '../topology/seating';
import { isSessionHeld } from '../storage/tab-memory';
import type { VisitContext } from './visit-context';

type Doorway = Pick<VisitContext, 'uid' | 'session' | 'now' | 'preferred' | 'seats$' | 'call$' | 'signaling'>;

/** What a person sees before taking a seat: whether a seat is free, and who is in the call. */
export const doorway = (context: Doorway): Observable<CallState> =>
  context.call$.pipe(
    switchMap((call): Observable<CallState> => {
      if (!call) return of({ phase: 'absent' });
      if (call.expiresAt <= context.now()) return of({ phase: 'expired' });
      return combineLatest([context.seats$, seatToTake(context, call)]).pipe(
        switchMap(([seats, seat]): Observable<CallState> => {
          if (seat !== null) {
            const taken = seats.filter(({ number }) => number !== seat);
            const others = membersOf(context.session, taken, [], context.now(), true, new Set());
            return of({ phase: 'prejoin', fresh: false, asks: false, others });
          }
          return call.open ? whileFull(context) : of({ phase: 'closed' });
        }),
      );
    }),
  );

/** Reports to a person waiting at a full call when the call is closed or deleted. */
const whileFull = ({ signaling }: Doorway): Observable<CallState> =>
  signaling.call$.pipe(
    map((call): CallState => (call ? { phase: call.open ? 'full' : 'closed' } : { phase: 'absent' })),
    startWith<CallState>({ phase: 'full' }),
    distinctUntilChanged((a, b) => a.phase === b.phase),
  );

/**
 * The seat that a press of Join takes: this person's own, left behind by a crash or a reload; else the preferred one if it
 * is free; else the lowest free one; null when there is none.
 */
export const seatToTake = (context: Doorway, call: CallRecord): Observable<number | null> =>
  context.seats$.pipe(
    switchMap((seats) =>
      from(ownSeat(context, seats)).pipe(map((own) => own ?? anySeat(context, call, seats))),
    ),
    distinctUntilChanged(),
  );

/** A seat that this user holds in no open tab of this browser: the tab crashed or was reloaded. */
async function ownSeat({ uid, now }: Doorway, seats: readonly Seat[]): Promise<number | null> {
  for (const seat of seats) {
    if (seat.uid === uid && isLive(seat, now()) && !(await isSessionHeld(seat.session))) {
      return seat.number;
    }
  }
  return null;
}

function anySeat({ now, preferred }: Doorway, call: CallRecord, seats: readonly Seat[]): number | null {
  if (!call.open) {
    return null;
  }
  const isFree = !seats.some((seat) => seat.number === preferred && isLive(seat, now()));
  return preferred !== null && preferred < call.seats && isFree
    ? preferred
    : freeSeat(seats, call.seats, now());
}
