import { distinctUntilChanged, filter, first, map, merge, type Observable, skip, switchMap } from 'rxjs';

import type { LinkState } from '../links/link';
import { offeredLink } from '../links/offered-link';
import { keyed } from '../rx/keyed';
import { retrying } from '../rx/retrying';
import type { Roster } from './roster';
import type { VisitContext } from './visit-context';

/** The longest time between attempts to publish a standing offer, in ms. */
const OFFER_PATIENCE = 10_000;
/** The longest time between attempts at a link to a member that can't be made, in ms: each costs about ten operations. */
const LINK_PATIENCE = 120_000;

/**
 * The links that this member offers: to members who expect one, and a standing offer for the next member.
 *
 * @param fromSeat this member's own seat
 */
export const offeredLinks = (context: VisitContext, fromSeat: number): Observable<readonly LinkState[]> =>
  keyed(
    context.roster.part$('targets'),
    ({ seat, generation }) => `${seat}/${generation}`,
    ({ seat }) =>
      due(context, seat).pipe(
        switchMap(() =>
          offeredLink(context, seat, fromSeat, {
            isMember: (session) => context.roster.now.seen.has(session),
            isElsewhere: (session) =>
              context.roster.now.seats.some((held) => held.session === session && held.number !== seat),
          }),
        ),
        retrying('links', ({ status }) => status === 'connected', {
          most: () => (peerAt(context.roster.now, seat) === null ? OFFER_PATIENCE : LINK_PATIENCE),
          changed$: merge(context.networkChanges$, newPeerAt$(context, seat)),
        }),
      ),
  );

/** The session of the member to whom a link is offered at a seat; null for a standing offer. */
const peerAt = ({ targets }: Pick<Roster, 'targets'>, seat: number): string | null =>
  targets.find((target) => target.seat === seat)?.session ?? null;

/** Emits when a member takes the seat of a standing offer. */
const newPeerAt$ = ({ roster }: VisitContext, seat: number): Observable<unknown> =>
  roster.roster$.pipe(
    map((now) => peerAt(now, seat)),
    distinctUntilChanged(),
    skip(1),
    filter((session) => session !== null),
  );

/** Emits once, at once to a member. A standing offer that must be made again, on another network, waits until all links are up. */
const due = ({ roster }: VisitContext, seat: number): Observable<unknown> =>
  roster.roster$.pipe(first((now) => now.calm !== null || peerAt(now, seat) !== null));
