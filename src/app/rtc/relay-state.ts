import { distinctUntilChanged, fromEvent, map, merge, Observable, scan, startWith } from 'rxjs';

import { hasRelay, isRelay } from './ice-servers';

/**
 * The state of one side's relays (TURN, RFC 8656).
 *
 * - `none`: none were configured
 * - `unreachable`: none has answered
 * - `refused`: one answered and rejected the credentials, which may have expired
 * - `there`: one has allocated an address
 */
export type RelayState = 'none' | 'unreachable' | 'refused' | 'there';

/** STUN error codes with which a relay rejects credentials (RFC 8489, section 14.8; RFC 8656, section 19). */
export const REFUSED_CREDENTIALS: readonly number[] = [401, 438, 441];
/** Error codes that concern the client, not the path to the relay. Adds 403 (Forbidden) and 486 (Allocation Quota Reached). */
const REFUSALS: readonly number[] = [...REFUSED_CREDENTIALS, 403, 486];

const order: readonly RelayState[] = ['none', 'unreachable', 'refused', 'there'];
const further = (a: RelayState, b: RelayState): RelayState => (order.indexOf(b) > order.indexOf(a) ? b : a);

/**
 * The state of a connection's relays. Starts with the state before gathering. Subscribe before gathering begins: events
 * are not replayed.
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

/** Whether the peer has sent a relay candidate. */
export async function otherHasRelay(connection: RTCPeerConnection): Promise<boolean> {
  const report = await connection.getStats();
  return [...(report.values() as Iterable<{ readonly type: string; readonly candidateType?: string }>)].some(
    ({ type, candidateType }) => type === 'remote-candidate' && candidateType === 'relay',
  );
}
