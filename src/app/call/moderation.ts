import {
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  pairwise,
  ReplaySubject,
  skip,
  startWith,
  Subject,
  switchMap,
  take,
  tap,
  throttle,
  timer,
} from 'rxjs';

import { noted, noteError } from '../log/note';
import { keyed } from '../rx/keyed';
import { CallModeration } from '../signaling/call-moderation';
import type { CallRecord } from '../signaling/records';
import { claims } from './claims';
import { isHostSession } from './host';
import type { Asked, PeerMessage } from './moderating';
import { ModerationRequests } from './moderation-requests';
import type { Seated } from './roster';
import type { VisitContext } from './visit-context';
import { waiting$ } from './waiting';

/** The call is read at most once in this time, in ms. */
const READ_AGAIN = 2_000;
/** Longest random delay before a read, in ms, so that not all members read at once. */
const MOST_JITTER = 300;

/**
 * Moderates, from a seat: carries out what the page asks, follows changes of the call, shows the guests who knock, and takes
 * over from a host who has gone.
 */
export const moderation = (
  context: VisitContext,
  seated: Seated,
  events$: Observable<Asked | PeerMessage>,
): Observable<never> => {
  const { roster, signaling } = context;
  const documents = new CallModeration(signaling, seated.number);
  const changes$ = new ReplaySubject<void>(1);
  const changed = (call: CallRecord) => {
    roster.tell({ type: 'changed', call, byHost: true });
    changes$.next();
  };
  const requests = new ModerationRequests(context, documents, changed);
  const messages$ = events$.pipe(filter((event): event is PeerMessage => 'message' in event));
  const lookAgain$ = new Subject<void>();
  /** The host has said since the last read that the call has changed. */
  let byHost = false;
  return merge(
    events$.pipe(
      filter((event): event is Asked => 'request' in event),
      concatMap((asked) => requests.carryOut(asked)),
    ),
    merge(
      lookAgain$,
      hostSeatGone$(context),
      messages$.pipe(
        filter(({ message }) => message.type === 'call-changed'),
        tap(({ session }) => (byHost ||= session !== null && isHostSession(roster.now, session))),
      ),
    ).pipe(
      throttle(() => timer(READ_AGAIN), { leading: true, trailing: true }),
      concatMap(() => timer(Math.random() * MOST_JITTER)),
      concatMap(() => read$(context)),
      tap((call) => {
        roster.tell({ type: 'changed', call, byHost });
        byHost = false;
      }),
    ),
    tellOfChanges(context, changes$),
    messages$.pipe(
      tap((heard) => {
        heedMute(context, heard);
        if (heard.message.type === 'turned-down') requests.heedRefusal(heard.message.id);
      }),
    ),
    hostChanges(context),
    recalling(context, seated, requests),
    waiting$(context, documents).pipe(
      tap((waiting) => {
        for (const guest of waiting) requests.heedKnock(guest);
        roster.tell({ type: 'waiting', waiting });
      }),
    ),
    claims(context, seated, documents, changed, () => lookAgain$.next()),
  ).pipe(ignoreElements());
};

/** Tells each peer of this member's changes; one whose channel is not open yet, once it is. */
const tellOfChanges = ({ roster }: VisitContext, changes$: Observable<void>): Observable<unknown> =>
  keyed(
    roster.part$('links'),
    ({ id }) => id,
    ({ control }) =>
      changes$.pipe(
        switchMap(() => control.open$.pipe(filter(Boolean), take(1))),
        tap(() => control.send({ type: 'call-changed' })),
      ),
  );

/** Reads the call once. Completes without a value when it is missing, or can't be read now. */
const read$ = ({ signaling }: VisitContext): Observable<CallRecord> =>
  defer(() => signaling.call()).pipe(
    filter((call) => call !== null),
    catchError((error: unknown) => {
      noteError('call', 'read-changed-call', error);
      return EMPTY;
    }),
  );

/** Emits when the seat of the host is free: the role may have been handed on in the same commit. */
const hostSeatGone$ = ({ roster }: VisitContext): Observable<unknown> =>
  roster.roster$.pipe(
    map(({ call, seats }) => seats.some(({ uid }) => uid === call?.host)),
    startWith(true),
    distinctUntilChanged(),
    filter((there) => !there),
  );

/** Only the host's request counts. */
function heedMute({ roster }: VisitContext, { message, session }: PeerMessage): void {
  if (message.type !== 'mute' || session === null || !isHostSession(roster.now, session)) return;
  roster.tell({ type: 'notice', notice: { kind: 'mute', name: nameOf(roster.now.seats, session) } });
}

/** Reads who was removed or refused whenever this member is the host, unless they have just created the call. */
const recalling = ({ roster, uid }: VisitContext, { created }: Seated, requests: ModerationRequests) =>
  roster.part$('call').pipe(
    map((call) => call?.host === uid),
    distinctUntilChanged(),
    skip(created ? 1 : 0),
    filter(Boolean),
    switchMap(() => requests.recall().catch(noted('call', 'read-refused'))),
  );

/** Tells the person about each new host. */
const hostChanges = ({ roster, uid }: VisitContext): Observable<unknown> =>
  roster.part$('call').pipe(
    map((call) => call?.host),
    distinctUntilChanged(),
    pairwise(),
    tap(([, host]) => {
      const name =
        host === uid ? null : (roster.now.seats.find((seat) => seat.uid === host)?.card?.name ?? '');
      roster.tell({ type: 'notice', notice: { kind: 'host', name } });
    }),
  );

const nameOf = (
  seats: readonly { readonly session: string; readonly card: { readonly name: string } | null }[],
  session: string,
): string => seats.find((seat) => seat.session === session)?.card?.name ?? '';
