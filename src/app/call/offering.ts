import type { Observable } from 'rxjs';

import type { LinkState } from '../links/link';
import { offeredLink } from '../links/offered-link';
import { keyed } from '../rx/keyed';
import { retrying } from '../rx/retrying';
import type { VisitContext } from './visit-context';

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
      offeredLink(context, seat, fromSeat, (session) => context.roster.now.seen.has(session)).pipe(
        retrying('links', ({ status }) => status === 'connected'),
      ),
  );
