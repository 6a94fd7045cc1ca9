import {
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  Observable,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { LEASE } from '../signaling/call-signaling';
import { renewing } from '../signaling/lease';
import { holdSession } from '../storage/tab-memory';
import { sweepOrphans } from './answering';
import { CallError, type CallState } from './call-state';
import { moderating } from './moderating';
import { offeredLinks } from './offering';
import type { Roster, RosterEvent, Seated } from './roster';
import type { VisitContext } from './visit-context';

/** How long a newcomer's link may delay showing them, in ms. */
const DRAW_PATIENCE = 300;

/**
 * From taking the seat to leaving it: offers links to newcomers, holds the lease, reports who is there. Errors with a
 * `CallError` (`removed`) when the seat is lost.
 */
export const stay = (context: VisitContext, seated: Seated): Observable<CallState> => {
  const { roster, seats$, session, signaling } = context;
  const removed$ = roster.part$('removed').pipe(
    filter(Boolean),
    tap(() => signaling.loseSeat(seated.number)),
    switchMap(() => signaling.call().catch(noted('call', 'read-after-removal', undefined))),
    // A host who ends the call deletes it; another one may have begun since.
    switchMap((call) => {
      const ended = call === null || (call && call.createdAt > (roster.now.call?.createdAt ?? 0));
      return throwError(() => new CallError(ended ? 'ended' : 'removed'));
    }),
  );
  const events$ = merge(
    offeredLinks(context, seated.number).pipe(map((links): RosterEvent => ({ type: 'offered', links }))),
    reached(context, seated),
    waited(context),
  ).pipe(tap((event) => roster.tell(event)));
  return merge(
    roster.roster$.pipe(map((now) => stateOf(context, seated, now))),
    merge(events$, seats$, sweepOrphans(context), moderating(context, seated)).pipe(ignoreElements()),
    removed$,
    holdSession(session),
  );
};

const stateOf = ({ session, uid }: VisitContext, seated: Seated, roster: Roster): CallState => ({
  phase: 'seated',
  session,
  seat: seated.number,
  name: seated.name,
  seats: (roster.call ?? seated.call).seats,
  isHost: (roster.call ?? seated.call).host === uid,
  since: seated.since,
  members: roster.members,
  signaling: roster.reached,
  host: roster.host ?? ((roster.call ?? seated.call).host === uid ? session : null),
  door: (roster.call ?? seated.call).door,
  waiting: roster.waiting,
});

const reached = ({ signaling }: VisitContext, seated: Seated): Observable<RosterEvent> =>
  merge(
    renewing(() => signaling.renew(seated.number), LEASE, fromEvent(window, 'online')),
    fromEvent(window, 'offline').pipe(map(() => false)),
    fromEvent(window, 'online').pipe(map(() => true)),
  ).pipe(
    distinctUntilChanged(),
    map((reached) => ({ type: 'reached', reached })),
  );

const waited = ({ roster }: VisitContext): Observable<RosterEvent> =>
  roster.part$('withholds').pipe(
    switchMap((withholds) => (withholds ? timer(DRAW_PATIENCE) : EMPTY)),
    map(() => ({ type: 'waited' })),
  );
