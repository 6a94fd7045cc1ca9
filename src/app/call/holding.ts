import {
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  skip,
  switchMap,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { keyed } from '../rx/keyed';
import { leaseTerms, type LeaseTerms, renewing, SHORT_LEASE } from '../signaling/lease';
import { isHostMissed } from './absences';
import type { Seated } from './roster';
import type { VisitContext } from './visit-context';

/** How long a call must have shrunk to two before its leases become short, in ms: a member who reloads is soon back. */
const SHRUNK = 10_000;
/** Random spread of renewals out of turn, in ms, so that members don't all renew at the same moment. */
const SPREAD = 5_000;
/** How long a member must have departed before the host frees the seat, in ms. A sign of life takes a moment to arrive. */
const FREE_AFTER = 10_000;
/** Time between attempts, in ms. */
const FREE_AGAIN = 30_000;

type Holder = Pick<VisitContext, 'roster' | 'signaling' | 'uid'>;

/** Holds the lease of this member's seat. Emits whether the last renewal succeeded. */
export const holding = (context: Holder, { number, lease }: Seated): Observable<boolean> => {
  const { roster, signaling, uid } = context;
  const termsFor = (others: number) => leaseTerms(others + 1, roster.now.call?.host === uid);
  return renewing({
    renew: (length) => signaling.renew(number, length),
    first: lease,
    terms: () => termsFor(roster.now.members.length),
    sooner$: (held) => (held === SHORT_LEASE ? NEVER : merge(shrunk(context, termsFor), missed(context))),
    back$: fromEvent(window, 'online'),
  });
};

/** Emits when the call has shrunk to two: from now on a crash must be noticed by the lease again. */
const shrunk = ({ roster }: Holder, termsFor: (others: number) => LeaseTerms): Observable<unknown> =>
  roster.part$('members').pipe(
    map(({ length }) => termsFor(length) === SHORT_LEASE),
    distinctUntilChanged(),
    switchMap((isShort) => (isShort ? timer(SHRUNK + Math.random() * SPREAD) : EMPTY)),
  );

/** Emits when the host is missed, who may miss this member too: renewing shows the host that this member is alive. */
const missed = ({ roster }: Holder): Observable<unknown> =>
  roster.roster$.pipe(
    map((now) => isHostMissed(now.seats, now)),
    distinctUntilChanged(),
    skip(1),
    filter(Boolean),
  );

/**
 * For the host: frees the seats of members who have departed and left them behind. They may come back: at any but an open door,
 * the members were let in. Emits nothing.
 */
export const freeing = ({ roster, signaling, uid }: Holder): Observable<never> =>
  roster.part$('call').pipe(
    map((call) => call?.host === uid),
    distinctUntilChanged(),
    switchMap((frees) =>
      frees
        ? keyed(
            roster.part$('abandoned'),
            ({ session }) => session,
            ({ number }) =>
              timer(FREE_AFTER, FREE_AGAIN).pipe(
                exhaustMap(() => signaling.freeSeat(number).catch(noted('call', 'free-seat'))),
              ),
          )
        : EMPTY,
    ),
    ignoreElements(),
  );
