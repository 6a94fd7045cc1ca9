import {
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  race,
  retry,
  skip,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs';

import { noted, noteError } from '../log/note';
import type { Candidate, Candidates, Description } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { usernameFragmentOf } from '../rtc/local-description';
import type { NegotiatedCandidates } from '../rtc/negotiation';
import type { LinkEnd } from './link-end';

/*
 * Where the candidates of a link go, and where the peer's come from (RFC 8838). A description carries what is gathered at
 * first (`gathered$`). What is gathered later follows it:
 *
 * | description               | own candidates                                          | the peer's candidates         |
 * | ------------------------- | ------------------------------------------------------- | ----------------------------- |
 * | the first                 | `sendLater`: documents; from when it opens, the channel | `takeTheirs`, and the channel |
 * | over the control channel  | `trickle`: the channel                                  | the channel                   |
 * | a later one in a document | `writeLater`: documents, besides `trickle`              | `takeTheirs`, and the channel |
 *
 * The peer's candidates from the channel go to the negotiation, which sets the description that they belong to first.
 */

/** How long candidates are gathered into the description, in ms (Matrix MSC2746 waits about as long). */
const RIDE = 300;
/** How long later candidates are collected, in ms, so that a slow server costs one more document instead of many. */
const COLLECT = 2_000;

/** What candidates are sent from: this end of a link. */
export type Sender = Pick<LinkEnd, 'context' | 'path' | 'role' | 'control' | 'local$'>;

/** The part of it that sending over the control channel needs. */
interface ChannelSender {
  readonly control: { send(message: NegotiatedCandidates): void };
  readonly local$: Observable<Description>;
}

/**
 * The local description with the candidates to write into the document: all of them, or what is gathered after `RIDE`. After an
 * ICE restart, it takes a while until the browser reports that gathering has begun again.
 */
export const gathered$ = (local$: Observable<Description>): Observable<Description> =>
  race(
    local$.pipe(filter(({ candidates, complete }) => candidates.length > 0 && complete)),
    timer(RIDE).pipe(switchMap(() => local$)),
  ).pipe(take(1));

/**
 * Sends the candidates gathered after the first description, in few batches. Once the control channel is open, they go over it
 * and cost no document: all of them, because a peer with a connection reads no batches. Emits nothing; errors when a batch
 * can't be written.
 */
export const sendLater = (sender: Sender, revision: number, sent: Description): Observable<never> =>
  defer(() => {
    const own = usernameFragmentOf(sent.sdp);
    const opened$ = sender.control.open$.pipe(filter(Boolean), take(1));
    return merge(
      inDocuments(sender, revision, own, new Fresh(sent.candidates)).pipe(takeUntil(opened$)),
      opened$.pipe(switchMap(() => overChannel(sender, own, new Fresh(sent.candidates)))),
    );
  });

/**
 * Writes the candidates gathered after a later description was written, in few batches: the control channel may be dead
 * although it looks open. Emits nothing. A batch that can't be written is lost; the next restart makes up for it.
 */
export const writeLater = (sender: Sender, revision: number, sent: Description): Observable<never> =>
  defer(() =>
    inDocuments(sender, revision, usernameFragmentOf(sent.sdp), new Fresh(sent.candidates)).pipe(
      retry({ delay: (error: unknown) => of(noteError('links', 'write-candidates', error)) }),
    ),
  );

/**
 * Sends the candidates of each description that restarts ICE over the control channel as soon as they are gathered, and after
 * the description itself. Emits nothing. Subscribe once the first descriptions are set.
 *
 * @param sent$ the ICE username fragment of each description that is sent
 */
export const trickle = (sender: ChannelSender, sent$: Observable<string | null>): Observable<never> =>
  sender.local$.pipe(
    take(1),
    switchMap(({ sdp }) => sent$.pipe(startWith(usernameFragmentOf(sdp)))),
    distinctUntilChanged(),
    skip(1),
    switchMap((fragment) => overChannel(sender, fragment, new Fresh([]))),
  );

/**
 * Adds the peer's candidates: those of its description, then, from `mayListen$` on, its later batches unless the description
 * was complete. The peer collects an answer's candidates for 2 s. Listening sooner would cost a read of what can't be there,
 * and by then there is usually a connection.
 */
export const takeTheirs = (
  { context: { signaling }, path, role }: Pick<LinkEnd, 'context' | 'path' | 'role'>,
  revision: number,
  description: Candidates,
  add: (candidates: readonly Candidate[]) => unknown,
  mayListen$: Observable<unknown> = role === 'offerer' ? timer(COLLECT) : of(true),
): Observable<never> =>
  defer(() => {
    const fresh = new Fresh([]);
    const later$ = description.complete
      ? EMPTY
      : mayListen$.pipe(
          take(1),
          switchMap(() => signaling.candidates$(path, PEER[role], revision)),
        );
    return later$.pipe(
      startWith(description),
      map((found) => fresh.take(found)),
      filter((candidates) => candidates.length > 0),
      tap((candidates) => void add(candidates)),
      ignoreElements(),
    );
  });

/** For the first descriptions: a candidate that this browser can't use must not cost the other candidates. */
export const addTo = (connection: RTCPeerConnection) => (candidates: readonly Candidate[]) =>
  Promise.all(
    candidates.map((candidate) => connection.addIceCandidate(candidate).catch(noted('links', 'candidate'))),
  );

const PEER: Readonly<Record<LinkRole, LinkRole>> = { offerer: 'answerer', answerer: 'offerer' };

/** Writes the candidates of one ICE generation that haven't been sent, in batches. */
const inDocuments = (
  { context: { signaling }, path, role, local$ }: Sender,
  revision: number,
  fragment: string | null,
  fresh: Fresh,
): Observable<never> => {
  const own$ = ofGeneration(local$, fragment);
  return own$.pipe(
    filter((gathered) => fresh.isIn(gathered)),
    concatMap(() => timer(COLLECT).pipe(switchMap(() => own$.pipe(take(1))))),
    filter((gathered) => fresh.isIn(gathered)),
    concatMap((gathered) =>
      signaling.addCandidates(path, role, revision, {
        candidates: fresh.take(gathered),
        complete: gathered.complete,
      }),
    ),
    ignoreElements(),
  );
};

const overChannel = (
  { control, local$ }: ChannelSender,
  fragment: string | null,
  fresh: Fresh,
): Observable<never> =>
  ofGeneration(local$, fragment).pipe(
    map((gathered) => fresh.take(gathered)),
    filter((candidates) => candidates.length > 0),
    tap((candidates) => control.send({ type: 'candidates', candidates })),
    ignoreElements(),
  );

/** The candidates gathered until the next ICE restart, whose candidates belong to another description. */
const ofGeneration = (local$: Observable<Description>, fragment: string | null): Observable<Candidates> =>
  local$.pipe(takeWhile(({ sdp }) => usernameFragmentOf(sdp) === fragment));

/** Remembers which candidates have been passed on. */
class Fresh {
  private readonly passed: Set<string>;

  constructor(passed: readonly Candidate[]) {
    this.passed = new Set(passed.map(({ candidate }) => candidate));
  }

  isIn({ candidates }: Candidates): boolean {
    return candidates.some(({ candidate }) => !this.passed.has(candidate));
  }

  /** Returns the candidates that have not been passed on, which from now on have been. */
  take({ candidates }: Candidates): readonly Candidate[] {
    const found = candidates.filter(({ candidate }) => !this.passed.has(candidate));
    found.forEach(({ candidate }) => this.passed.add(candidate));
    return found;
  }
}
