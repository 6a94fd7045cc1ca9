import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  Observable,
  of,
  retry,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noted, noteError } from '../log/note';
import { type AnsweredLink, answeredLink } from '../links/answered-link';
import { LinkError } from '../links/link-error';
import { RefusedError } from '../links/refusals';
import { keyed } from '../rx/keyed';
import { retrying } from '../rx/retrying';
import type { LinkRecord } from '../signaling/records';
import { seatToTake } from './doorway';
import type { VisitContext } from './visit-context';

/** Retry delay for a listener on a seat's links that was refused, in ms. */
const LISTEN_AGAIN = 1_000;
/** The seats are read at the first refusal, and after this many more. */
const LOOK_AT_SEATS = 30;
/** Offers without a member behind them are deleted after this time, in ms. */
const SWEEP_AFTER = 5_000;
/** Time between attempts to delete them, in ms. */
const SWEEP_AGAIN = 60_000;

/** The offers at a seat; none at no seat. */
export interface OffersAt {
  readonly seat: number | null;
  readonly offers: readonly LinkRecord[];
}

/**
 * The offers at the seat that this member holds or will take; none while no member can have offered a link.
 *
 * @param fresh whether this person creates the call: then there is nothing to read before they are seated
 */
export const offersToAnswer = (context: VisitContext, fresh: boolean): Observable<OffersAt> =>
  context.roster.part$('seated').pipe(
    switchMap((seated) => {
      if (seated) return context.roster.part$('answersAt');
      return fresh ? of(null) : toTake(context);
    }),
    distinctUntilChanged(),
    switchMap((seat) =>
      // Refused while the server's clock says that the seat is still held: by a faster member, or for a moment more.
      seat === null
        ? of({ seat, offers: [] })
        : context.signaling.links$(seat).pipe(
            map((offers) => ({ seat, offers })),
            retry({
              delay: (error: unknown, times) => {
                noteError('call', 'listen-for-offers', error);
                // The holder of a seat is refused the offers there once it is lost, and may learn of it in no other way.
                if (context.roster.now.seated && times % LOOK_AT_SEATS === 1) void context.lookAtSeats();
                return timer(LISTEN_AGAIN);
              },
            }),
          ),
    ),
  );

const toTake = (context: VisitContext): Observable<number | null> =>
  context.call$.pipe(switchMap((call) => (call ? seatToTake(context, call) : of(null))));

/** The links that this member answers, prepared before Join and running afterwards. */
export const answeredLinks = (context: VisitContext): Observable<readonly AnsweredLink[]> =>
  keyed(
    context.roster.part$('answers'),
    ({ seat, id }) => `${seat}/${id}`,
    (link) => answered(context, link),
  );

const answered = (context: VisitContext, link: LinkRecord): Observable<AnsweredLink> => {
  const { encoders, entry$, roster, signaling } = context;
  const revisions$ = roster.part$('answers').pipe(
    map((links) => links.find(({ id }) => id === link.id)),
    filter((found) => found !== undefined),
  );
  let last: AnsweredLink | null = null;
  return encoders.due().pipe(
    switchMap(() => answeredLink(context, link, entry$, revisions$)),
    tap((now) => (last = now)),
    catchError((error: unknown) =>
      // The offerer replaces a broken link, and learns of it when the document is missing. A refused offer is retried as it is.
      error instanceof LinkError && !(error instanceof RefusedError) && entry$.value.step === 'seated'
        ? concat(
            // The link leads to no member any more, until it is removed from the list.
            last
              ? of({ ...last, state: { ...last.state, session: null, status: 'waiting' as const } })
              : EMPTY,
            defer(() => signaling.sweep([link])).pipe(
              ignoreElements(),
              catchError(noted('call', 'sweep-link', EMPTY)),
            ),
          )
        : throwError(() => error),
    ),
    retrying('links', ({ prepared }) => prepared !== null),
  );
};

/** Deletes the offers at this member's seat that have no member behind them: a crashed member left them. */
export const sweepOrphans = ({ roster, signaling }: VisitContext): Observable<never> =>
  roster.part$('orphans').pipe(
    switchMap((links) =>
      links.length === 0
        ? EMPTY
        : timer(SWEEP_AFTER, SWEEP_AGAIN).pipe(
            exhaustMap(() => signaling.sweep(links).catch(noted('call', 'sweep'))),
          ),
    ),
    ignoreElements(),
  );
