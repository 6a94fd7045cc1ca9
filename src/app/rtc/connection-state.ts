import { defer, distinctUntilChanged, fromEvent, map, Observable, startWith } from 'rxjs';

/** The combined state of ICE and DTLS (WebRTC, section 4.3.3). Starts with the current state. */
export const connectionState$ = (connection: RTCPeerConnection): Observable<RTCPeerConnectionState> =>
  defer(() =>
    fromEvent(connection, 'connectionstatechange').pipe(
      map(() => connection.connectionState),
      startWith(connection.connectionState),
      distinctUntilChanged(),
    ),
  );
