import { InjectionToken } from '@angular/core';
import { Observable } from 'rxjs';

/** How peer connections are made; specs give another. */
export const PEER_CONNECTION = new InjectionToken<(configuration: RTCConfiguration) => RTCPeerConnection>(
  'RTCPeerConnection',
  { providedIn: 'root', factory: () => (configuration) => new RTCPeerConnection(configuration) },
);

/**
 * One subscription is one connection: subscribing creates it, unsubscribing closes it. Closing fires no event,
 * so whoever uses the connection must be torn down with this stream.
 */
export const peerConnection = (create: () => RTCPeerConnection): Observable<RTCPeerConnection> =>
  new Observable((subscriber) => {
    const connection = create();
    subscriber.next(connection);
    return () => connection.close();
  });
