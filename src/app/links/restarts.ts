import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  first,
  ignoreElements,
  map,
  merge,
  NEVER,
  Observable,
  of,
  retry,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { DocumentsError, isForbidden, isRefusal } from '../firebase/documents';
import type { Candidate, Description } from '../rtc/description';
import type { Negotiation, NegotiatedDescription, PendingOffer } from '../rtc/negotiation';
import type { LinkRecord } from '../signaling/records';
import { gathered$, takeTheirs, writeLater } from './candidates';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';

/** Timeout of a write, in ms. It is then given up and retried on a connection that may be alive. */
const PATIENCE = 3_000;
/** Retry delay after a failed write, in ms. */
const AGAIN = 1_000;
/** How long later candidates of an answer from the document are followed there, in ms: as long as the first connection may take. */
const FOLLOW = 15_000;

/** An offer that is in the document, with the candidates written with it. */
interface WrittenOffer {
  readonly id: string;
  readonly revision: number;
  readonly sent: Description;
}

/**
 * For the offerer, while a restart is not answered over the control channel: writes its offer as the next revision, retrying
 * until Firestore accepts it, and passes on the answer. It does so even while the peer is heard, because packets from the
 * peer don't prove that any reach the peer. Errors with `LinkError` when the link's document was deleted. Emits nothing.
 */
export const offerRestarts = (end: LinkEnd): Observable<never> => {
  const { path, negotiation, local$, recovery$ } = end;
  const { signaling, session } = end.context;
  let revision = 1;
  const write = (offer: PendingOffer) =>
    gathered$(local$).pipe(
      concatMap(async ({ candidates, complete }) => {
        const next = revision + 1;
        const sent = { ...offer, candidates, complete };
        await signaling.offerAgain(path, next, { session, ...sent }, PATIENCE);
        revision = next;
        return { id: offer.id, revision: next, sent };
      }),
      catchError((error: unknown) => recount(error, offer)),
      retry({ delay: whilePassing }),
    );
  /**
   * A write that seemed lost may have got through. The document is then at a later revision than assumed and may be
   * answered; another write would undo that answer.
   */
  const recount = async (error: unknown, { id }: PendingOffer): Promise<WrittenOffer> => {
    if (isRefusal(error)) {
      // The rules always show a member their own offer, so a document that they refuse to show no longer exists.
      const present = await signaling.link(path).catch((refused: unknown) => {
        if (isForbidden(refused)) return null;
        throw refused;
      });
      if (!present) throw new LinkError('failed', { cause: error });
      revision = present.revision;
      if (present.offer?.id === id) return { id, revision, sent: present.offer };
    }
    throw error;
  };
  const isActive$ = recovery$.pipe(
    map(({ step }) => step === 'signaling' || step === 'checking'),
    distinctUntilChanged(),
  );
  const answerTo = ({ id, revision: written, sent }: WrittenOffer): Observable<never> => {
    // Answered over the control channel, or replaced: nothing more is expected from the document.
    const settled$ = negotiation.pending$.pipe(filter((pending) => pending?.id !== id));
    const answer$ = signaling.link$(path).pipe(
      map((link) => (link?.revision === written ? link.answer : null)),
      first((answer) => answer !== null),
      tap(({ id: to = '', sdp }) =>
        negotiation.receive({ type: 'description', kind: 'answer', id: to, sdp }),
      ),
      takeUntil(settled$),
      defaultIfEmpty(null),
    );
    return merge(of(undefined), answer$).pipe(
      switchMap((answer) => {
        if (answer === null) return EMPTY;
        return merge(
          writeLater(end, written, sent),
          answer ? takeTheirs(end, written, answer, receiving(negotiation)) : EMPTY,
        );
      }),
    );
  };
  return isActive$.pipe(
    switchMap((active) =>
      active
        ? negotiation.pending$.pipe(
            distinctUntilChanged((a, b) => a?.id === b?.id),
            // An offer that has been answered need not be written.
            switchMap((offer) => (offer === null ? EMPTY : write(offer))),
          )
        : EMPTY,
    ),
    // Not only while this path is active: if the answer came from the document, its later candidates do too.
    switchMap((written) =>
      answerTo(written).pipe(
        takeUntil(isActive$.pipe(switchMap((active) => (active ? NEVER : timer(FOLLOW))))),
      ),
    ),
    ignoreElements(),
  );
};

/** For the answerer: takes up each offer that arrives as a new revision, and writes the answer. Emits nothing. */
export const answerRestarts = (end: LinkEnd, revisions$: Observable<LinkRecord>): Observable<never> => {
  const { negotiation } = end;
  return revisions$.pipe(
    filter(({ revision, answered, offer }) => revision > 1 && !answered && offer?.id !== undefined),
    distinctUntilChanged((a, b) => a.revision === b.revision),
    switchMap((link) => {
      const answer$ = new Subject<NegotiatedDescription>();
      const { id = '', sdp } = link.offer!;
      const take$ = defer(() => {
        negotiation.receive({ type: 'description', kind: 'offer', id, sdp }, (message) => {
          if (message.type === 'description') answer$.next(message);
        });
        return EMPTY;
      });
      const theirs$ = takeTheirs(end, link.revision, link.offer!, receiving(negotiation));
      const reply$ = answer$.pipe(
        take(1),
        switchMap((answer) => replied(end, link, answer)),
        switchMap((sent) => writeLater(end, link.revision, sent)),
      );
      return merge(reply$, take$, theirs$).pipe(catchError(noted('links', 'answer-restart', EMPTY)));
    }),
    ignoreElements(),
  );
};

const replied = (
  { context: { signaling, session }, local$ }: LinkEnd,
  link: LinkRecord,
  { id, sdp }: NegotiatedDescription,
): Observable<Description> =>
  gathered$(local$).pipe(
    concatMap(async ({ candidates, complete }) => {
      await signaling.answerAgain(link, { session, id, sdp, candidates, complete }, PATIENCE);
      return { sdp, candidates, complete };
    }),
    retry({ delay: whilePassing }),
  );

/** Hands the peer's candidates to the negotiation, after the description that they belong to. */
const receiving = (negotiation: Negotiation) => (candidates: readonly Candidate[]) =>
  negotiation.receive({ type: 'candidates', candidates });

/** Retries where that may help: the server is unreachable, or this member's seat is being renewed. */
const whilePassing = (error: unknown): Observable<unknown> =>
  error instanceof DocumentsError ? timer(AGAIN) : throwError(() => error);
