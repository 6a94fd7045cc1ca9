import {
  BehaviorSubject,
  catchError,
  combineLatest,
  concatMap,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  ReplaySubject,
  shareReplay,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs';

import { noted } from '../log/note';
import { visible$ } from '../loading/visible';
import type { Description } from '../rtc/description';
import { withoutAddresses } from '../rtc/local-description';
import { acceptSections } from '../rtc/media-sections';
import type { MemberDescription } from '../signaling/payloads';
import type { LinkRecord } from '../signaling/records';
import { addTo, gathered$, sendLater, takeTheirs } from './candidates';
import { mismatchIn } from './codec-mismatch';
import type { LinkContext, LinkState } from './link';
import { type LinkEnd, linkEnd$ } from './link-end';
import type { CodecMismatch } from './link-status';
import type { LinkTerms } from './link-terms';
import { RefusedError, setting } from './refusals';
import { answerRestarts } from './restarts';
import { runLink } from './run-link';
import type { Addressee } from './shown-tracks';

/** An answered link. Its answer is prepared before the seat is taken. */
export interface AnsweredLink {
  readonly link: LinkRecord;
  /** The answer with the candidates gathered so far; null while it is being prepared. */
  readonly prepared: Description | null;
  readonly state: LinkState;
}

/** How far the person has entered the call. */
export type Entry =
  /** No packet is sent to any member. */
  | { readonly step: 'waiting' }
  /** Join was pressed: candidates may be checked. */
  | { readonly step: 'entering' }
  /** The seat is taken; `answered` holds the answers that were committed with it, by link id. */
  | { readonly step: 'seated'; readonly answered: ReadonlyMap<string, Description> };

/**
 * Takes up an offer. Prepares everything but sends no packet to the peer before Join is pressed. Publishes the answer itself
 * if the seat was taken without it. Errors with `LinkError` or `DocumentsError`.
 *
 * @param revisions$ the link's document as it changes
 */
export const answeredLink = (
  context: LinkContext,
  link: LinkRecord,
  entry$: Observable<Entry>,
  revisions$: Observable<LinkRecord>,
): Observable<AnsweredLink> => {
  const { seat, id, offer } = link;
  return offer === null
    ? EMPTY
    : linkEnd$(context, 'answerer', { seat, id }).pipe(
        switchMap((end) =>
          combineLatest({
            prepared: end.local$.pipe(
              takeWhile(({ complete }) => !complete, true),
              startWith(null),
            ),
            state: runLink(end, answererTerms(end, link, offer, entry$, revisions$)),
          }),
        ),
        map(({ prepared, state }) => ({ link, prepared, state })),
      );
};

const answererTerms = (
  end: LinkEnd,
  link: LinkRecord,
  offer: MemberDescription,
  entry$: Observable<Entry>,
  revisions$: Observable<LinkRecord>,
): LinkTerms => {
  const { context, connection, local$, recovery$ } = end;
  const { revision } = link;
  const mismatch$ = new BehaviorSubject<CodecMismatch | null>(null);
  /** Before the answer is in its document the peer can't send, so silence means nothing. */
  const stored$ = new ReplaySubject<unknown>(1);

  // The candidates are held back: with them the connection would start to send.
  const prepared$ = defer(() =>
    setting(offer, async () => {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
      const sections = acceptSections(connection);
      if (!sections) throw new RefusedError('sections', offer.session);
      mismatch$.next(mismatchIn(offer.sdp));
      await connection.setLocalDescription();
      return sections;
    }),
  ).pipe(shareReplay({ bufferSize: 1, refCount: true }));

  const entering$ = entry$.pipe(
    filter(({ step }) => step !== 'waiting'),
    take(1),
  );
  const seated$ = entry$.pipe(
    filter((entry) => entry.step === 'seated'),
    take(1),
  );
  // The rules show the offerer's batches only to the seat's holder, so listen once the seat is taken.
  const candidates$ = combineLatest([prepared$, entering$]).pipe(
    switchMap(() => takeTheirs(end, revision, offer, addTo(connection), seated$)),
    takeUntil(recovery$.pipe(filter(({ step }) => step === 'well'))),
  );
  const answer$ = combineLatest([prepared$, seated$]).pipe(
    concatMap(([, { answered }]) => {
      const sent = answered.get(link.id);
      return sent
        ? of(sent)
        : gathered$(local$).pipe(concatMap((answer) => answering(context, link, answer)));
    }),
    tap((sent) => stored$.next(sent)),
    switchMap((sent) => sendLater(end, revision, sent)),
  );
  const provisional$ = publishProvisional(context, link, combineLatest([local$, prepared$])).pipe(
    takeUntil(entering$),
  );
  const peer$ = entering$.pipe(map(() => offer.session));
  return {
    exchange$: merge(candidates$, answer$, provisional$),
    restarts$: answerRestarts(end, revisions$),
    sections$: prepared$,
    // Before Join the offerer has no description of this side, unless a provisional answer is published.
    addressee$: peer$.pipe(
      map((session): Addressee => ({ session })),
      startWith<Addressee>(context.ownProvisionalName === null ? 'nobody' : 'unknown'),
    ),
    peer$,
    described$: stored$,
    // Don't wait until Firestore acknowledges the commit: the connection is often faster.
    exchanged$: prepared$,
    mismatch$,
    provisionalName$: of(null),
    ended: () => undefined,
  };
};

/** Publishes the answer to an offer, and resolves to it. */
async function answering(
  { signaling, session }: LinkContext,
  link: LinkRecord,
  answer: Description,
): Promise<Description> {
  await signaling.answer(link, { session, ...answer });
  return answer;
}

/**
 * Publishes a provisional answer, once, while the page is visible. It contains no address and has no effect before Join is
 * pressed. If another device of the same person was faster, its provisional answer stays. Emits nothing.
 */
const publishProvisional = (
  { signaling, session, ownProvisionalName }: LinkContext,
  link: LinkRecord,
  prepared$: Observable<readonly [Description, unknown]>,
): Observable<never> =>
  ownProvisionalName === null || link.pranswer !== null
    ? EMPTY
    : combineLatest([prepared$, visible$(document)]).pipe(
        filter(([, visible]) => visible),
        take(1),
        concatMap(([[{ sdp }]]) =>
          signaling.answerProvisionally(link, {
            session,
            name: ownProvisionalName,
            sdp: withoutAddresses(sdp),
            candidates: [],
            complete: false,
          }),
        ),
        ignoreElements(),
        // A failure is harmless: a provisional answer only saves time.
        catchError(noted('links', 'provisional-answer', EMPTY)),
      );
