import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  first,
  ignoreElements,
  interval,
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

import { DocumentsError, isForbidden, isRefusal } from '../firebase/documents';
import type { Candidates } from '../rtc/description';
import { gatheredSoFar } from '../rtc/local-description';
import type { Negotiation, NegotiatedDescription, PendingOffer } from '../rtc/negotiation';
import type { LinkRole } from '../rtc/link-role';
import type { LinkPath, LinkRecord } from '../signaling/records';
import { COLLECT, remoteCandidates, RIDE } from './exchange';
import { LinkContext, LinkError } from './link';
import type { Recovery } from './recovery';

/** What a link needs to restart through its document when the control channel is dead. */
export interface RestartParts {
  readonly connection: RTCPeerConnection;
  readonly negotiation: Negotiation;
  readonly path: LinkPath;
}

/** Timeout of a write, in ms. It is then given up and retried on a connection that may be alive. */
const PATIENCE = 3_000;
/** Retry delay after a failed write, in ms. */
const AGAIN = 1_000;
/** How often to check whether gathering is complete, in ms. */
const LOOK = 25;
/** How long later candidates of an answer from the document are followed there, in ms: as long as the first connection may take. */
const FOLLOW = 15_000;

/** An offer that is in the document, with the candidates written with it. */
interface WrittenOffer {
  readonly id: string;
  readonly revision: number;
  readonly sent: Candidates;
}

/**
 * For the offerer, while a restart is not answered over the control channel: writes its offer as the next revision, retrying
 * until Firestore accepts it, and passes on the answer. It does so even while the peer is heard, because packets from the
 * peer don't prove that any reach the peer. Errors with `LinkError` when the link's document was deleted. Emits nothing.
 */
export const offerRestarts = (
  context: LinkContext,
  parts: RestartParts,
  recovery$: Observable<Recovery>,
): Observable<never> => {
  const { signaling, session } = context;
  const { connection, negotiation, path } = parts;
  let revision = 1;
  const write = (offer: PendingOffer) =>
    defer(() => gathered(connection)).pipe(
      concatMap(async (candidates) => {
        const next = revision + 1;
        await signaling.offerAgain(path, next, { session, ...offer, ...candidates }, PATIENCE);
        revision = next;
        return { id: offer.id, revision: next, sent: candidates };
      }),
      catchError((error: unknown) => recount(error, offer)),
      retry({ delay: (error: unknown) => (isPassing(error) ? timer(AGAIN) : throwError(() => error)) }),
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
          laterCandidates(context, parts, 'offerer', written, sent),
          answer
            ? remoteCandidates(context, path, 'answerer', written, answer, (candidates) =>
                negotiation.receive({ type: 'candidates', candidates }),
              )
            : EMPTY,
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
export const answerRestarts = (
  context: LinkContext,
  parts: RestartParts,
  revisions$: Observable<LinkRecord>,
): Observable<never> => {
  const { connection, negotiation } = parts;
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
      const theirs$ = remoteCandidates(context, link, 'offerer', link.revision, link.offer!, (candidates) =>
        negotiation.receive({ type: 'candidates', candidates }),
      );
      const reply$ = answer$.pipe(
        take(1),
        switchMap((answer) => replied(context, parts, link, answer)),
        switchMap((sent) =>
          laterCandidates(context, { connection, negotiation, path: link }, 'answerer', link.revision, sent),
        ),
      );
      return merge(reply$, take$, theirs$).pipe(catchError(() => EMPTY));
    }),
    ignoreElements(),
  );
};

const replied = (
  { signaling, session }: LinkContext,
  { connection }: RestartParts,
  link: LinkRecord,
  { id, sdp }: NegotiatedDescription,
): Observable<Candidates> =>
  defer(() => gathered(connection)).pipe(
    concatMap(async (candidates) => {
      await signaling.answerAgain(link, { session, id, sdp, ...candidates }, PATIENCE);
      return candidates;
    }),
    retry({ delay: (error: unknown) => (isPassing(error) ? timer(AGAIN) : throwError(() => error)) }),
  );

/** Sends candidates gathered after the description was written, in few batches. */
const laterCandidates = (
  { signaling }: LinkContext,
  { connection, path }: RestartParts,
  role: LinkRole,
  revision: number,
  sent: Candidates,
): Observable<never> =>
  defer(() => {
    let count = sent.candidates.length;
    return sent.complete
      ? EMPTY
      : interval(COLLECT).pipe(
          map(() => gatheredSoFar(connection)),
          filter(({ candidates }) => candidates.length > count),
          exhaustMap(async ({ candidates, complete }) => {
            const batch = { candidates: candidates.slice(count), complete };
            count = candidates.length;
            await signaling.addCandidates(path, role, revision, batch).catch(() => undefined);
          }),
          ignoreElements(),
        );
  });

/** The candidates once gathering is complete, or what there is after `RIDE`. */
const gathered = (connection: RTCPeerConnection): Observable<Candidates> =>
  merge(
    interval(LOOK).pipe(
      map(() => gatheredSoFar(connection)),
      // It takes a while until the state shows that gathering has begun again.
      filter(({ candidates, complete }) => candidates.length > 0 && complete),
    ),
    timer(RIDE).pipe(map(() => gatheredSoFar(connection))),
  ).pipe(take(1));

/** Whether a retry may help: the server is unreachable, or this member's seat is being renewed. */
function isPassing(error: unknown): boolean {
  return error instanceof DocumentsError;
}
