import {
  distinctUntilChanged,
  EMPTY,
  filter,
  from,
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
import { holdSession } from '../storage/tab-memory';
import { sweepOrphans } from './answering';
import { SilenceError } from './call-errors';
import { CallError, type CallState } from './call-state';
import { freeing, holding } from './holding';
import { moderating } from './moderating';
import { offeredLinks } from './offering';
import type { Roster, RosterEvent, Seated } from './roster';
import type { VisitContext } from './visit-context';

/** How long all links must be calm before a later member publishes a standing offer, in ms. */
const CALM = 3_000;
/** How long a newcomer's link may delay showing them, in ms. */
const DRAW_PATIENCE = 300;

/**
 * From taking the seat to leaving it: offers links to newcomers, holds the lease, reports who is there. Errors with a
 * `CallError` (`removed`, `ended`) or a `SilenceError` when the seat is lost.
 */
export const stay = (context: VisitContext, seated: Seated): Observable<CallState> => {
  const { roster, seats$, session, signaling } = context;
  const removed$ = roster.part$('lostSeat').pipe(
    filter((reason) => reason !== null),
    tap(() => signaling.loseSeat(seated.number)),
    switchMap((reason) => whySeatIsLost(context, reason)),
  );
  const events$ = merge(
    offeredLinks(context, seated.number).pipe(map((links): RosterEvent => ({ type: 'offered', links }))),
    reached(context, seated),
    settled(context),
    waited(context),
  ).pipe(tap((event) => roster.tell(event)));
  return merge(
    roster.roster$.pipe(map((now) => stateOf(context, seated, now))),
    merge(events$, seats$, sweepOrphans(context), freeing(context), moderating(context, seated)).pipe(
      ignoreElements(),
    ),
    removed$,
    holdSession(session),
  );
};

/** A host who ends the call deletes it; another call may have begun under the same code since. */
const whySeatIsLost = (
  { roster, signaling }: VisitContext,
  reason: 'removed' | 'silence',
): Observable<never> =>
  from(signaling.call().catch(noted('call', 'read-after-removal', undefined))).pipe(
    switchMap((call) => {
      const ended = call === null || (call && call.createdAt > (roster.now.call?.createdAt ?? 0));
      return throwError(() =>
        ended ? new CallError('ended') : reason === 'silence' ? new SilenceError() : new CallError('removed'),
      );
    }),
  );

const stateOf = ({ session, uid }: VisitContext, seated: Seated, roster: Roster): CallState => {
  const { seats, host, door } = roster.call ?? seated.call;
  return {
    phase: 'seated',
    session,
    seat: seated.number,
    name: seated.name,
    seats,
    isHost: host === uid,
    since: seated.since,
    members: roster.members,
    signaling: roster.reached,
    host: roster.host ?? (host === uid ? session : null),
    door,
    waiting: roster.waiting,
    turnedAway: roster.turnedAway,
  };
};

const reached = (context: VisitContext, seated: Seated): Observable<RosterEvent> =>
  merge(
    holding(context, seated),
    fromEvent(window, 'offline').pipe(map(() => false)),
    fromEvent(window, 'online').pipe(map(() => true)),
  ).pipe(
    distinctUntilChanged(),
    map((reached) => ({ type: 'reached', reached })),
  );

const settled = ({ roster }: VisitContext): Observable<RosterEvent> =>
  roster.part$('calm').pipe(
    switchMap((calm) => (calm ? timer(CALM) : EMPTY)),
    map(() => ({ type: 'settled' })),
  );

const waited = ({ roster }: VisitContext): Observable<RosterEvent> =>
  roster.part$('withholds').pipe(
    switchMap((withholds) => (withholds ? timer(DRAW_PATIENCE) : EMPTY)),
    map(() => ({ type: 'waited' })),
  );
