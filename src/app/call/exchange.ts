import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  from,
  ignoreElements,
  Observable,
  of,
  race,
  scan,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { connectionState$ } from '../rtc/connection-state';
import type { Candidate, Candidates, Description } from '../rtc/description';
import type { Side } from '../signaling/call-signaling';
import type { LinkPath } from '../signaling/records';
import type { LinkContext } from './link';

/** Candidates gathered this soon ride in the description, ms (Matrix MSC2746 waits about as long). */
export const RIDE = 300;
/** Later candidates are collected for this long, so that a slow server costs one document more and not many, ms. */
export const COLLECT = 2_000;

/** The first description worth sending: complete, or what there is after a moment. */
export const firstDescription = (local$: Observable<Description>): Observable<Description> =>
  race(local$.pipe(filter(({ complete }) => complete)), timer(RIDE).pipe(switchMap(() => local$))).pipe(
    take(1),
  );

/**
 * Sends what was gathered after the first `sent` candidates, in few batches; completes with gathering, or with the
 * connection, which has no use for more.
 */
export const lateCandidates = (
  { signaling }: LinkContext,
  connection: RTCPeerConnection,
  local$: Observable<Description>,
  link: LinkPath,
  side: Side,
  revision: number,
  sent: number,
): Observable<never> =>
  defer(() => {
    let count = sent;
    return local$.pipe(
      filter(({ candidates }) => candidates.length > count),
      concatMap(() => timer(COLLECT).pipe(switchMap(() => local$.pipe(take(1))))),
      filter(({ candidates }) => candidates.length > count),
      concatMap(({ candidates, complete }) => {
        const batch = { candidates: candidates.slice(count), complete };
        count = candidates.length;
        return signaling.addCandidates(link, side, revision, batch);
      }),
      takeUntil(connectionState$(connection).pipe(filter((state) => state === 'connected'))),
      ignoreElements(),
    );
  });

/**
 * Takes in the other side's candidates: those of its description, then, from `mayListen$` on, its batches unless it was
 * complete.
 */
export const remoteCandidates = (
  { signaling }: LinkContext,
  link: LinkPath,
  side: Side,
  revision: number,
  description: Candidates,
  add: (candidates: readonly Candidate[]) => unknown,
  mayListen$: Observable<unknown> = of(true),
): Observable<never> => {
  const later$ = description.complete
    ? EMPTY
    : mayListen$.pipe(
        take(1),
        switchMap(() => signaling.candidates$(link, side, revision)),
      );
  return later$.pipe(
    startWith(description),
    scan(
      ({ seen }, { candidates }) => ({
        seen: new Set([...seen, ...candidates.map(({ candidate }) => candidate)]),
        fresh: candidates.filter(({ candidate }) => !seen.has(candidate)),
      }),
      { seen: new Set<string>(), fresh: [] as readonly Candidate[] },
    ),
    filter(({ fresh }) => fresh.length > 0),
    tap(({ fresh }) => void add(fresh)),
    ignoreElements(),
  );
};

/** For the first descriptions: one candidate that this browser can't use must not cost the others. */
export const addTo = (connection: RTCPeerConnection) => (candidates: readonly Candidate[]) =>
  Promise.all(candidates.map((candidate) => connection.addIceCandidate(candidate).catch(() => undefined)));

/** Once there is a connection, trouble with Firestore does it no harm. */
export const harmlessWhenConnected =
  <T>(connection: RTCPeerConnection) =>
  (source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown) =>
        ['connected', 'disconnected'].includes(connection.connectionState) ? EMPTY : throwError(() => error),
      ),
    );

export const once = <T>(work: () => Promise<T>): Observable<T> => defer(() => from(work()));
