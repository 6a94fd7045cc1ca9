import {
  BehaviorSubject,
  concatMap,
  defer,
  EMPTY,
  filter,
  merge,
  Observable,
  of,
  ReplaySubject,
  shareReplay,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';

import { noted } from '../log/note';
import { handshakingFirst } from '../rtc/local-description';
import { addSections } from '../rtc/media-sections';
import { randomId } from '../values/base32';
import { addTo, gathered$, sendLater, takeTheirs } from './candidates';
import type { LinkContext, LinkState } from './link';
import { type LinkEnd, linkEnd$ } from './link-end';
import type { LinkTerms } from './link-terms';
import { offerRestarts } from './restarts';
import { runLink } from './run-link';
import type { Addressee } from './shown-tracks';
import { type KnownSessions, takeAnswers } from './take-answers';

const REVISION = 1;

/**
 * Publishes an offer at a seat and connects to the member who answers it. One subscription is one link document and one
 * connection; unsubscribing deletes the document and closes the connection. Errors with `LinkError` or `DocumentsError`.
 *
 * @param fromSeat this member's own seat
 * @param sessions who is known to hold which session
 */
export const offeredLink = (
  context: LinkContext,
  seat: number,
  fromSeat: number,
  sessions: KnownSessions,
): Observable<LinkState> =>
  defer(() => linkEnd$(context, 'offerer', { seat, id: randomId() })).pipe(
    switchMap((end) => runLink(end, offererTerms(end, fromSeat, sessions))),
  );

const offererTerms = (end: LinkEnd, fromSeat: number, sessions: KnownSessions): LinkTerms => {
  const { context, path, connection, local$, recovery$ } = end;
  const { signaling, session } = context;
  const sections = addSections(connection);
  const peer$ = new ReplaySubject<string>(1);
  const exchanged$ = new ReplaySubject<unknown>(1);
  const provisionalName$ = new BehaviorSubject<string | null>(null);
  const addressee$ = new BehaviorSubject<Addressee>('nobody');
  let written: Promise<void> = Promise.resolve();

  const offer$ = defer(() => connection.setLocalDescription()).pipe(
    switchMap(() => gathered$(local$)),
    concatMap((description) => {
      const sdp = handshakingFirst(description.sdp);
      written = signaling.offer(path, fromSeat, { session, ...description, sdp });
      return written.then(() => description);
    }),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const answer$ = offer$.pipe(
    switchMap(() =>
      takeAnswers(connection, signaling.link$(path), sessions, () => addressee$.next('unknown')),
    ),
    tap(({ kind, answer }) => {
      if (kind === 'provisional') provisionalName$.next(answer.name);
      peer$.next(answer.session);
      addressee$.next({ session: answer.session });
      exchanged$.next(null);
    }),
    filter(({ kind }) => kind === 'answer'),
    switchMap(({ answer }) =>
      takeTheirs(end, REVISION, answer, addTo(connection)).pipe(
        // Candidates of the first gathering are useless to a connection that has been up.
        takeUntil(recovery$.pipe(filter(({ step }) => step === 'well'))),
      ),
    ),
  );
  return {
    exchange$: merge(offer$.pipe(switchMap((sent) => sendLater(end, REVISION, sent))), answer$),
    restarts$: offerRestarts(end),
    sections$: of(sections),
    addressee$,
    peer$,
    described$: peer$,
    exchanged$,
    mismatch$: EMPTY,
    provisionalName$,
    // Not before the document exists, and without delaying what comes next.
    ended: () => void written.then(() => signaling.removeLink(path)).catch(noted('links', 'remove-link')),
  };
};
