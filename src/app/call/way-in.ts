import { distinctUntilChanged, map, Observable, of, switchMap } from 'rxjs';

import type { CallState } from './call-state';
import { SEATS } from './entering';
import type { VisitContext } from './visit-context';

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
    members: [],
    signaling: true,
  };
  if (fresh) return of(alone);
  return roster.roster$.pipe(
    map(({ call, members }): CallState => {
      if (!call) return alone;
      return { ...alone, seats: call.seats, isHost: call.createdBy === uid, members };
    }),
  );
};
