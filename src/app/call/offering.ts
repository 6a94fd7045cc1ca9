import { first, type Observable, switchMap } from 'rxjs';

import type { LinkState } from '../links/link';
import { offeredLink } from '../links/offered-link';
import { keyed } from '../rx/keyed';
import { retrying } from '../rx/retrying';
import type { VisitContext } from './visit-context';

/**
 * The longest time between attempts at a link that can't be made, in ms. Each costs about ten operations, and the peer's page
 * tells of a change only once it has answered.
 */
const MOST_PATIENCE = 300_000;

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
          most: MOST_PATIENCE,
          sooner$: context.networkChanges$,
        }),
      ),
  );

/** Emits once, at once to a member. A standing offer that must be made again, on another network, waits until all links are up. */
const due = ({ roster }: VisitContext, seat: number): Observable<unknown> =>
  roster.roster$.pipe(
    first(
      ({ calm, targets }) =>
        calm !== null || targets.some((target) => target.seat === seat && target.session !== null),
    ),
  );
