import { defer, distinctUntilChanged, map, Observable, of, startWith, switchMap, take } from 'rxjs';

import type { CallState } from './call-state';
import { retrying } from '../rx/retrying';
import type { CallRecord } from '../signaling/records';
import { seatToTake } from './doorway';
import { SEATS } from './call-size';
import { entrance$ } from './entrance';
import type { VisitContext } from './visit-context';

/**
 * Knocks where the door asks. Ends with `in` when the person may go on and take a seat, or with null when not. Completes at
 * once where no knock is needed.
 */
export const throughDoor = (context: VisitContext, name: string): Observable<CallState | 'in' | null> =>
  context.call$.pipe(
    take(1),
    switchMap((call) => (call ? mustKnock$(context, call) : of(false))),
    switchMap((must) =>
      must
        ? defer(() => import('./knocking')).pipe(
            retrying('call', () => true),
            switchMap(({ knocking }) => knocking(context, name)),
          )
        : of('in' as const),
    ),
    startWith<CallState | 'in' | null>({ phase: 'joining', fresh: false }),
  );

const mustKnock$ = (context: VisitContext, call: CallRecord): Observable<boolean> =>
  entrance$(context, call).pipe(
    take(1),
    switchMap((entrance) =>
      // A seat left behind by a reload needs no knock.
      entrance === 'ask'
        ? seatToTake(context, call).pipe(
            take(1),
            map((seat) => seat === null),
          )
        : of(false),
    ),
  );

/**
 * What a person sees from the press of Join until they hold the seat: first `joining`; then, once the request is in flight,
 * the room with its members, so that rendering it takes no extra time.
 *
 * @param fresh whether joining creates the call
 */
export const wayIn = (context: VisitContext, name: string, fresh: boolean): Observable<CallState> =>
  context.entry$.pipe(
    map(({ step }) => step !== 'waiting'),
    distinctUntilChanged(),
    switchMap((asked) =>
      asked ? entering(context, name, fresh) : of<CallState>({ phase: 'joining', fresh }),
    ),
  );

const entering = (context: VisitContext, name: string, fresh: boolean): Observable<CallState> => {
  const { session, uid, roster } = context;
  const alone: CallState = {
    phase: 'entering',
    session,
    name,
    seats: SEATS,
    isHost: true,
    host: session,
    door: 'open',
    waiting: [],
    turnedAway: [],
    members: [],
    signaling: true,
  };
  if (fresh) return of(alone);
  return roster.roster$.pipe(
    map(({ call, host, members }): CallState => {
      if (!call) return alone;
      return { ...alone, seats: call.seats, isHost: call.host === uid, host, door: call.door, members };
    }),
  );
};
