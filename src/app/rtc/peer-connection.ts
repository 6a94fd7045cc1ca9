import { InjectionToken } from '@angular/core';
import { Observable } from 'rxjs';

/** Creates peer connections. Specs provide a fake. */
export const PEER_CONNECTION = new InjectionToken<(configuration: RTCConfiguration) => RTCPeerConnection>(
  'RTCPeerConnection',
  { providedIn: 'root', factory: () => (configuration) => new RTCPeerConnection(configuration) },
);

/**
 * One subscription is one connection: subscribing creates it, unsubscribing closes it. Closing fires no event, so tear
 * down everything that uses the connection together with this stream.
 */
export const peerConnection = (create: () => RTCPeerConnection): Observable<RTCPeerConnection> =>
  new Observable((subscriber) => {
    const connection = create();
    subscriber.next(connection);
    return () => connection.close();
  });
