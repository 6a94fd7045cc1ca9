import { distinctUntilChanged, fromEvent, map, Observable, startWith } from 'rxjs';

/** The state of ICE and DTLS together (WebRTC, section 4.3.3), starting with the present one. */
export const connectionState$ = (connection: RTCPeerConnection): Observable<RTCPeerConnectionState> =>
  fromEvent(connection, 'connectionstatechange').pipe(
    map(() => connection.connectionState),
    startWith(connection.connectionState),
    distinctUntilChanged(),
  );
