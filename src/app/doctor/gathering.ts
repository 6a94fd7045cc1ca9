import { fromEvent, map, merge, Observable, startWith, switchMap, takeWhile } from 'rxjs';

import { peerConnection } from '../rtc/peer-connection';

/** Creates a connection, see `PEER_CONNECTION`. */
export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

export type GatheringEvent =
  | { readonly kind: 'candidate'; readonly candidate: RTCIceCandidate }
  /** W3C WebRTC, section 4.8.2. `code` is the server's (RFC 8489, section 14.8), or 701 if the server was not reached. */
  | { readonly kind: 'error'; readonly code: number; readonly text: string }
  /** `tellsErrors`: whether this browser reports a server that doesn't answer. */
  | { readonly kind: 'complete'; readonly tellsErrors: boolean };

/**
 * Gathers candidates for a connection without a peer (RFC 8445, section 5.1.1) and emits what it finds, until all servers have
 * answered or have been given up. Unsubscribing closes the connection.
 */
export const gathering = (
  create: CreateConnection,
  configuration: RTCConfiguration,
): Observable<GatheringEvent> =>
  peerConnection(() => create(configuration)).pipe(
    switchMap(
      (connection) =>
        new Observable<GatheringEvent>((subscriber) => {
          const tellsErrors = 'onicecandidateerror' in connection;
          const candidates$ = fromEvent<RTCPeerConnectionIceEvent>(connection, 'icecandidate').pipe(
            map(({ candidate }): GatheringEvent | null =>
              // Some browsers end a generation with an empty candidate.
              candidate?.candidate ? { kind: 'candidate', candidate } : null,
            ),
          );
          const errors$ = fromEvent<RTCPeerConnectionIceErrorEvent>(connection, 'icecandidateerror').pipe(
            map(({ errorCode, errorText }): GatheringEvent => ({
              kind: 'error',
              code: errorCode,
              text: errorText,
            })),
          );
          const state$ = fromEvent(connection, 'icegatheringstatechange').pipe(
            startWith(null),
            map((): GatheringEvent | null =>
              connection.iceGatheringState === 'complete' ? { kind: 'complete', tellsErrors } : null,
            ),
          );
          subscriber.add(
            merge(candidates$, errors$, state$).subscribe((event) => event && subscriber.next(event)),
          );
          // A data channel adds a media section, which starts the gathering and needs no permission.
          connection.createDataChannel('');
          connection
            .setLocalDescription()
            .catch((error: unknown) => !subscriber.closed && subscriber.error(error));
        }),
    ),
    // Also ends the connection's stream, which never completes by itself.
    takeWhile(({ kind }) => kind !== 'complete', true),
  );
