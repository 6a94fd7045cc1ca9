import { distinctUntilChanged, filter, map, type Observable, skip, startWith, tap } from 'rxjs';

/**
 * Applies new servers or a new policy to a connection when they change. Servers take effect at the next ICE restart (W3C
 * WebRTC, section 4.4.1.6), which is soon enough: relayed media continues. Emits when the policy changes, because a new
 * policy must take effect at once.
 */
export const reconfiguring = (
  connection: RTCPeerConnection,
  configuration$: Observable<RTCConfiguration>,
): Observable<unknown> =>
  configuration$.pipe(
    filter(() => connection.signalingState !== 'closed'),
    tap((configuration) => connection.setConfiguration(configuration)),
    map(({ iceTransportPolicy = 'all' }) => iceTransportPolicy),
    startWith(connection.getConfiguration().iceTransportPolicy ?? 'all'),
    distinctUntilChanged(),
    skip(1),
  );
