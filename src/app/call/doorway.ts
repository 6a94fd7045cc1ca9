import {
  combineLatest,
  distinctUntilChanged,
  from,
  map,
  Observable,
  of,
  startWith,
  switchMap,
  tap,
} from 'rxjs';

import type { CallRecord, Seat } from '../signaling/records';
import type { CallState } from './call-state';
import { type Entrance, entrance$ } from './entrance';
import { membersOf } from './members';
import { freeSeat, isLive } from '../topology/seating';
import { isSessionHeld } from '../storage/tab-memory';
import type { VisitContext } from './visit-context';

type Doorway = Pick<
  VisitContext,
  | 'uid'
  | 'session'
  | 'now'
  | 'preferred'
  | 'seats$'
  | 'call$'
  | 'guest$'
  | 'refused$'
  | 'lookAgain$'
  | 'signaling'
>;

/** What a person sees before taking a seat: whether they may take one, and who is in the call. */
export const doorway = (context: Doorway): Observable<CallState> =>
  context.call$.pipe(
    switchMap((call): Observable<CallState> => {
      if (!call) return of({ phase: 'absent' });
      if (call.expiresAt <= context.now()) return of({ phase: 'expired' });
      return place$(context, call).pipe(
        switchMap(({ seats, seat, entrance }): Observable<CallState> => {
          const asks = seat === null && entrance === 'ask';
          if (seat !== null || (asks && freeSeat(seats, call.seats, context.now()) !== null)) {
            const taken = seats.filter(({ number }) => number !== seat);
            const others = membersOf(context.session, taken, [], context.now(), true, new Set());
            return of({ phase: 'prejoin', fresh: false, asks, others });
          }
          return entrance === 'closed' || entrance === 'refused'
            ? of({ phase: entrance })
            : whileFull(context, call);
        }),
      );
    }),
  );

/** Reports to a person waiting at a full call when the call is deleted, and looks again when it has changed. */
const whileFull = ({ signaling, lookAgain$ }: Doorway, call: CallRecord): Observable<CallState> =>
  signaling.call$.pipe(
    tap((now) => {
      if (now && (now.door !== call.door || now.seats !== call.seats)) lookAgain$.next();
    }),
    map((now): CallState => ({ phase: now ? 'full' : 'absent' })),
    startWith<CallState>({ phase: 'full' }),
    distinctUntilChanged((a, b) => a.phase === b.phase),
  );

/** The seats, the one that a press of Join takes, and what is at the door. */
interface Place {
  readonly seats: readonly Seat[];
  readonly seat: number | null;
  readonly entrance: Entrance;
}

const place$ = (context: Doorway, call: CallRecord): Observable<Place> =>
  combineLatest([context.seats$, entrance$(context, call)]).pipe(
    switchMap(([seats, entrance]) =>
      from(ownSeat(context, seats)).pipe(
        map((own) => ({
          seats,
          seat: own ?? (entrance === 'free' ? anySeat(context, call, seats) : null),
          entrance,
        })),
      ),
    ),
  );

/**
 * The seat that a press of Join takes: this person's own, left behind by a crash or a reload; else the preferred one if it
 * is free; else the lowest free one; null when there is none, or when this person may not enter.
 */
export const seatToTake = (context: Doorway, call: CallRecord): Observable<number | null> =>
  place$(context, call).pipe(
    map(({ seat }) => seat),
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
  const isFree = !seats.some((seat) => seat.number === preferred && isLive(seat, now()));
  return preferred !== null && preferred < call.seats && isFree
    ? preferred
    : freeSeat(seats, call.seats, now());
}
