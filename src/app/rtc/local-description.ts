import { defer, filter, fromEvent, map, merge, Observable, startWith } from 'rxjs';

import type { Candidates, Description } from './description';

/**
 * The description to send to the peer: the present local SDP without candidates, and the candidates gathered for it so far.
 * Starts with the present one, if there is one, and emits again with each change and each candidate. Doesn't complete,
 * because an ICE restart gathers again.
 */
export const localDescription$ = (connection: RTCPeerConnection): Observable<Description> =>
  defer(() =>
    merge(
      fromEvent(connection, 'signalingstatechange'),
      fromEvent(connection, 'icecandidate'),
      fromEvent(connection, 'icegatheringstatechange'),
    ).pipe(
      startWith(null),
      map(() => connection.localDescription),
      filter((description) => description !== null),
      map(({ sdp }) => ({
        sdp: withoutCandidates(sdp),
        candidates: candidatesIn(sdp),
        complete: connection.iceGatheringState === 'complete',
      })),
    ),
  );

/** The candidates in an SDP. With `max-bundle`, all sections have the same candidates. */
function candidatesIn(sdp: string): Candidates['candidates'] {
  const sdpMid = /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0';
  const usernameFragment = usernameFragmentOf(sdp);
  const lines = new Set(sdp.match(/^a=candidate:.*$/gm) ?? []);
  return [...lines].map((line) => ({
    candidate: line.slice('a='.length).trim(),
    sdpMid,
    sdpMLineIndex: 0,
    usernameFragment,
  }));
}

/**
 * Turns an offer into one that makes the offerer start the DTLS handshake (RFC 8842, section 5.2: `active`). The answerer
 * tries the path while it is still requesting the seat. If the answerer started the handshake and then got no seat, the
 * offerer would take that abandoned handshake for the one of the member who does get the seat.
 */
export function handshakingFirst(sdp: string): string {
  return sdp.replace(/^a=setup:actpass(?=\r?$)/gm, 'a=setup:active');
}

/**
 * Removes the network addresses from an SDP: the default destinations (RFC 8829, section 5.2.1) are what they were before
 * gathering.
 */
export function withoutAddresses(sdp: string): string {
  return withoutCandidates(sdp)
    .replace(/^(m=\S+) (?!0 )\d+ /gm, '$1 9 ')
    .replace(/^c=IN .*?(?=\r?$)/gm, 'c=IN IP4 0.0.0.0')
    .replace(/^a=rtcp:.*?(?=\r?$)/gm, 'a=rtcp:9 IN IP4 0.0.0.0');
}

/** The ICE username fragment of an SDP’s author (RFC 8839, section 5.4). With `max-bundle`, all sections share one. */
export function usernameFragmentOf(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

/** An SDP without its candidates, which are sent separately. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}
