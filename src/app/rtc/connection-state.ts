import { defer, distinctUntilChanged, fromEvent, map, Observable, startWith } from 'rxjs';

/** The state of ICE and DTLS together (WebRTC, section 4.3.3), starting with the one at subscription. */
export const connectionState$ = (connection: RTCPeerConnection): Observable<RTCPeerConnectionState> =>
  defer(() =>
    fromEvent(connection, 'connectionstatechange').pipe(
      map(() => connection.connectionState),
      startWith(connection.connectionState),
      distinctUntilChanged(),
    ),
  );
