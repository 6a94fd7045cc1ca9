import {
  catchError,
  combineLatest,
  concat,
  distinctUntilChanged,
  EMPTY,
  from,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  shareReplay,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';

import { noted } from '../log/note';
import { isHandshakeStuck } from '../rtc/handshake';
import { otherHasRelay, RelayState, relayState$ } from '../rtc/relay-state';
import type { NetworkObstacle, Obstacle } from './link-status';
import type { RecoveryStep } from './recovery';

/** Time after which a first connection that is not up needs an explanation, in ms; at 15 s a new one is made. */
const PATIENCE = 10_000;

/**
 * Why no path to the peer is found, once that takes long; null before that, and again once there is a path. A known obstacle
 * is still reported while the next connection to the same member is tried.
 *
 * @param found obstacles by session, shared by all connections of a stay
 * @param patience in ms
 */
export const obstacle$ = (
  connection: RTCPeerConnection,
  step$: Observable<RecoveryStep>,
  peer$: Observable<string>,
  found: Map<string, Obstacle>,
  patience = PATIENCE,
): Observable<Obstacle | null> => {
  const relay$ = relayState$(connection).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const look$ = (session: string): Observable<Obstacle | null> =>
    relay$.pipe(
      switchMap((relay) =>
        isHandshakeStuck(connection)
          ? of<Obstacle>('handshake')
          : from(otherHasRelay(connection)).pipe(
              map((there) => obstacleOf(relay, there, isHidden(connection))),
            ),
      ),
      tap((obstacle) => found.set(session, obstacle)),
      // A connection that has closed in the meantime has nothing to report.
      catchError(noted('links', 'obstacle', EMPTY)),
    );
  const told$ = combineLatest([peer$.pipe(take(1)), step$.pipe(distinctUntilChanged())]).pipe(
    switchMap(([session, step]): Observable<Obstacle | null> => {
      if (step === 'connecting') {
        return concat(of(found.get(session) ?? null), timer(patience).pipe(switchMap(() => look$(session))));
      }
      if (step === 'well') found.delete(session);
      return of(null);
    }),
  );
  // Errors count from the first candidate on, so subscribe at once.
  return merge(relay$.pipe(ignoreElements()), told$);
};

/** A handshake fails before the timeout: records that for the next connection to the same member. */
export function noteFailure(
  connection: RTCPeerConnection,
  session: string | null,
  found: Map<string, Obstacle>,
): void {
  if (session !== null && isHandshakeStuck(connection)) found.set(session, 'handshake');
}

/** One relay is enough for both sides. If there is one and still no path, a network lets nothing through. */
export function obstacleOf(own: RelayState, otherHas: boolean, hidden: boolean): NetworkObstacle {
  if (own === 'there') return otherHas ? 'blocked' : 'theirRelay';
  if (own === 'none') return hidden ? 'hidden' : otherHas ? 'blocked' : 'noRelay';
  return own === 'refused' ? 'relayRefused' : 'relayUnreachable';
}

const isHidden = (connection: RTCPeerConnection) =>
  connection.getConfiguration().iceTransportPolicy === 'relay';
