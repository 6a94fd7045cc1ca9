import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  from,
  ignoreElements,
  merge,
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

import type { Control } from '../wire/control-channel';
import type { Candidate, Candidates, Description } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import type { NegotiationMessage } from '../rtc/negotiation';
import type { LinkPath } from '../signaling/records';
import { type LinkContext, LinkError } from './link';

/** How long candidates are gathered into the description, in ms (Matrix MSC2746 waits about as long). */
export const RIDE = 300;
/** How long later candidates are collected, in ms, so that a slow server costs one more document instead of many. */
export const COLLECT = 2_000;

/** The first description worth sending: the complete one, or what has been gathered after `RIDE`. */
export const firstDescription = (local$: Observable<Description>): Observable<Description> =>
  race(local$.pipe(filter(({ complete }) => complete)), timer(RIDE).pipe(switchMap(() => local$))).pipe(
    take(1),
  );

/**
 * Sends the candidates gathered after the first `sent` ones, in few batches. Once the control channel is open, the rest goes
 * over it and costs no document. Completes when gathering does.
 */
export const lateCandidates = (
  { signaling }: LinkContext,
  control: Control,
  local$: Observable<Description>,
  link: LinkPath,
  role: LinkRole,
  revision: number,
  sent: number,
): Observable<never> =>
  defer(() => {
    let count = sent;
    const isMore = ({ candidates }: Candidates) => candidates.length > count;
    const takeMore = ({ candidates, complete }: Candidates): Candidates => {
      const more = candidates.slice(count);
      count = candidates.length;
      return { candidates: more, complete };
    };
    const opened$ = control.open$.pipe(filter(Boolean), take(1));
    const byDocument$ = local$.pipe(
      filter(isMore),
      concatMap(() => timer(COLLECT).pipe(switchMap(() => local$.pipe(take(1))))),
      filter(isMore),
      concatMap((description) => signaling.addCandidates(link, role, revision, takeMore(description))),
      takeUntil(opened$),
    );
    const byChannel$ = opened$.pipe(
      switchMap(() => local$),
      filter(isMore),
      tap((description) =>
        control.send<NegotiationMessage>({
          type: 'candidates',
          candidates: takeMore(description).candidates,
        }),
      ),
    );
    return merge(byDocument$, byChannel$).pipe(ignoreElements());
  });

/**
 * Adds the peer's candidates: those of its description, then, from `mayListen$` on, its later batches unless the description
 * was complete. The peer collects an answer's candidates for 2 s. Listening sooner would cost a read of what can't be there,
 * and by then there is usually a connection.
 */
export const remoteCandidates = (
  { signaling }: LinkContext,
  link: LinkPath,
  role: LinkRole,
  revision: number,
  description: Candidates,
  add: (candidates: readonly Candidate[]) => unknown,
  mayListen$: Observable<unknown> = role === 'answerer' ? timer(COLLECT) : of(true),
): Observable<never> => {
  const later$ = description.complete
    ? EMPTY
    : mayListen$.pipe(
        take(1),
        switchMap(() => signaling.candidates$(link, role, revision)),
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

/** For the first descriptions: a candidate that this browser can't use must not cost the other candidates. */
export const addTo = (connection: RTCPeerConnection) => (candidates: readonly Candidate[]) =>
  Promise.all(candidates.map((candidate) => connection.addIceCandidate(candidate).catch(() => undefined)));

/** Once there is a connection, Firestore errors do it no harm. A `LinkError` does: the connection is the wrong one. */
export const harmlessWhenConnected =
  <T>(connection: RTCPeerConnection) =>
  (source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown) =>
        !(error instanceof LinkError) && ['connected', 'disconnected'].includes(connection.connectionState)
          ? EMPTY
          : throwError(() => error),
      ),
    );

export const once = <T>(work: () => Promise<T>): Observable<T> => defer(() => from(work()));
