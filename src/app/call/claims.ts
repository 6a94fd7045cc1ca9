import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  map,
  Observable,
  switchMap,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import type { CallModeration } from '../signaling/call-moderation';
import type { CallRecord } from '../signaling/records';
import { isLive } from '../topology/seating';
import { candidates } from './host';
import type { Roster, Seated } from './roster';
import type { VisitContext } from './visit-context';

/** How long a host may be gone, in ms: a reload takes a few seconds. */
const GRACE = 10_000;
/** How much longer each member waits than the one who has been there longer, in ms. */
const TURN = 4_000;
/** How long before a claim the call is read again, in ms. */
const READ_BEFORE = 3_000;

/**
 * Makes this member the host once the host has gone and the rules allow it, if no member who has been there longer does. A
 * host who came back to another seat says so.
 *
 * @param changed tells this page and the other members that this member has changed the call
 * @param lookAgain reads the call again, which may show another host
 */
export const claims = (
  context: VisitContext,
  { number }: Seated,
  documents: CallModeration,
  changed: (call: CallRecord) => void,
  lookAgain: () => void,
): Observable<unknown> => {
  const { roster, uid, session, now } = context;
  const claim = async () => {
    const seat = roster.now.seats.find((held) => held.session === session);
    const { call } = roster.now;
    if (!seat || !call) return;
    await documents.setHost(seat);
    changed({ ...call, host: uid, hostSeat: number });
  };
  return roster.roster$.pipe(
    map((present) => isVacant(present, now())),
    distinctUntilChanged(),
    switchMap((vacant) => {
      if (!vacant) return EMPTY;
      const before = candidates(roster.now, now()).findIndex((seat) => seat.session === session);
      // A host who came back waits for no one.
      if (roster.now.call?.host === uid)
        return defer(claim).pipe(catchError(noted('call', 'move-host', EMPTY)));
      const wait = GRACE + Math.max(0, before) * TURN;
      return timer(wait - READ_BEFORE, GRACE).pipe(
        exhaustMap(() => {
          lookAgain();
          return timer(READ_BEFORE).pipe(
            switchMap(() => defer(claim).pipe(catchError(noted('call', 'claim-host', EMPTY)))),
          );
        }),
      );
    }),
  );
};

/** Whether the rules let a member claim the role: the seat of the host is not held by the host. */
const isVacant = ({ call, met, seats, host, self }: Roster, now: number): boolean =>
  met !== null &&
  call !== null &&
  (host === null || host === self) &&
  !seats.some((seat) => seat.number === call.hostSeat && seat.uid === call.host && isLive(seat, now));
