import { filter, fromEvent, map, merge, Observable, scan, startWith, takeWhile } from 'rxjs';

import type { Candidate, Candidates, Description } from './description';

/**
 * The description to send to the peer: the local SDP without candidates, and all candidates gathered so far. Emits again
 * with each candidate and completes when gathering does. Subscribe before `setLocalDescription`: candidates are not
 * replayed.
 */
export const localDescription$ = (connection: RTCPeerConnection): Observable<Description> => {
  const gathered$ = fromEvent<RTCPeerConnectionIceEvent>(connection, 'icecandidate').pipe(
    map(({ candidate }) => candidate),
    // An empty candidate ends one generation; null ends gathering (WebRTC, section 4.4.1.6).
    filter((candidate) => candidate?.candidate !== ''),
    scan(
      ({ candidates }: Candidates, candidate) =>
        candidate
          ? { candidates: [...candidates, candidateOf(candidate)], complete: false }
          : { candidates, complete: true },
      NOTHING_YET,
    ),
    startWith(NOTHING_YET),
  );
  return merge(fromEvent(connection, 'signalingstatechange').pipe(map(() => null)), gathered$).pipe(
    scan((held: Candidates, next) => next ?? held, NOTHING_YET),
    filter(() => connection.localDescription !== null),
    map((candidates) => ({ sdp: withoutCandidates(connection.localDescription!.sdp), ...candidates })),
    takeWhile(({ complete }) => !complete, true),
  );
};

/** The candidates gathered so far for the current local description, and whether more may follow. */
export function gatheredSoFar(connection: RTCPeerConnection): Candidates {
  const sdp = connection.localDescription?.sdp ?? '';
  const mid = /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0';
  const usernameFragment = usernameFragmentOf(sdp);
  // With `max-bundle`, all sections have the same candidates.
  const lines = new Set(sdp.match(/^a=candidate:.*$/gm) ?? []);
  return {
    candidates: [...lines].map((line) => ({
      candidate: line.slice('a='.length).trim(),
      sdpMid: mid,
      sdpMLineIndex: 0,
      usernameFragment,
    })),
    complete: connection.iceGatheringState === 'complete',
  };
}

const NOTHING_YET: Candidates = { candidates: [], complete: false };

/** The fields of a candidate that are sent. */
export function candidateOf({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
}: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
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

/** The ICE username fragment of an SDP's author (RFC 8839, section 5.4). */
export function usernameFragmentOf(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

/** An SDP without its candidates, which are sent separately. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}
