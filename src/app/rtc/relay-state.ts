import { distinctUntilChanged, fromEvent, map, merge, Observable, scan, startWith } from 'rxjs';

import { hasRelay, isRelay } from './ice-servers';

/**
 * How one side stands with relays (TURN, RFC 8656).
 *
 * - `none`: it was given none
 * - `unreachable`: none has answered
 * - `refused`: one answered and did not take the credentials, which may have run out
 * - `there`: one has given an address to be reached at
 */
export type RelayState = 'none' | 'unreachable' | 'refused' | 'there';

/** STUN error codes by which a relay refuses credentials (RFC 8489, section 14.8; RFC 8656, section 19). */
export const REFUSED_CREDENTIALS: readonly number[] = [401, 438, 441];
/** Those that speak of who asks, not of the way there: forbidden, and one's quota reached, too. */
const REFUSALS: readonly number[] = [...REFUSED_CREDENTIALS, 403, 486];

const order: readonly RelayState[] = ['none', 'unreachable', 'refused', 'there'];
const further = (a: RelayState, b: RelayState): RelayState => (order.indexOf(b) > order.indexOf(a) ? b : a);

/**
 * How a connection stands with the relays it was given; starts with what is so before anything was gathered. Subscribe
 * before gathering begins: events are not replayed.
 */
export const relayState$ = (connection: RTCPeerConnection): Observable<RelayState> => {
  const given = (): RelayState =>
    hasRelay(connection.getConfiguration().iceServers ?? []) ? 'unreachable' : 'none';
  const gathered$ = fromEvent<RTCPeerConnectionIceEvent>(connection, 'icecandidate').pipe(
    map(({ candidate }): RelayState => (candidate?.type === 'relay' ? 'there' : given())),
  );
  const refused$ = fromEvent<RTCPeerConnectionIceErrorEvent>(connection, 'icecandidateerror').pipe(
    map(({ url, errorCode }): RelayState =>
      isRelay(url ?? '') && REFUSALS.includes(errorCode) ? 'refused' : given(),
    ),
  );
  return merge(gathered$, refused$).pipe(startWith(given()), scan(further), distinctUntilChanged());
};

/** Whether the other side has offered an address at a relay. */
export async function otherHasRelay(connection: RTCPeerConnection): Promise<boolean> {
  const report = await connection.getStats();
  return [...(report.values() as Iterable<{ readonly type: string; readonly candidateType?: string }>)].some(
    ({ type, candidateType }) => type === 'remote-candidate' && candidateType === 'relay',
  );
}
