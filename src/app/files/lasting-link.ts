import {
  distinctUntilChanged,
  filter,
  map,
  merge,
  Observable,
  of,
  startWith,
  switchMap,
  takeWhile,
  timer,
} from 'rxjs';

import type { Peer } from '../wire/peers';

/** Time without a link after which the peer counts as having left, in ms. */
const PATIENCE = 60_000;

/**
 * The link to a member whenever it is up, and null while it is down; starts with the present one. Completes once the member
 * has left: they said so, or were without a link for `PATIENCE`.
 *
 * @param left$ the sessions of members who said that they leave
 */
export const lastingLink$ = (
  peers$: Observable<readonly Peer[]>,
  left$: Observable<ReadonlySet<string>>,
  session: string,
): Observable<Peer | null> => {
  const link$ = peers$.pipe(
    map((peers) => peers.find((peer) => peer.session === session)),
    distinctUntilChanged((a, b) => a?.link === b?.link),
    switchMap((peer) => peer?.open$.pipe(map((open) => (open ? peer : null))) ?? of(null)),
    distinctUntilChanged((a, b) => a?.link === b?.link),
    switchMap((peer) =>
      peer
        ? of(peer)
        : timer(PATIENCE).pipe(
            map(() => GONE),
            startWith(null),
          ),
    ),
  );
  const saidSo$ = left$.pipe(
    filter((left) => left.has(session)),
    map(() => GONE),
  );
  return merge(saidSo$, link$).pipe(takeWhile((link): link is Peer | null => link !== GONE));
};

const GONE = 'gone';
