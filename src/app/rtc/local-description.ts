import { filter, fromEvent, map, merge, Observable, scan, startWith, takeWhile } from 'rxjs';

import type { Candidate, Candidates, Description } from './description';

/**
 * What to tell the other side: the local SDP without candidates, and all candidates gathered so far. Grows with
 * each candidate; completes when it is complete. Subscribe before `setLocalDescription`: candidates are not replayed.
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

/** The candidates gathered so far for the description that is set now, and whether more may come. */
export function gatheredSoFar(connection: RTCPeerConnection): Candidates {
  const sdp = connection.localDescription?.sdp ?? '';
  const mid = /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0';
  const usernameFragment = usernameFragmentOf(sdp);
  // With `max-bundle` all sections have the same.
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

/** What crosses of a candidate. */
export function candidateOf({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
}: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

/**
 * An offer that keeps the DTLS handshake to the offerer (RFC 8842, section 5.2: `active`). Whoever answers tries the way
 * while the seat is still being asked for. Were it theirs to begin, somebody who then gets no seat would leave behind a
 * handshake that the offerer takes for that of the one who does.
 */
export function handshakingFirst(sdp: string): string {
  return sdp.replace(/^a=setup:actpass(?=\r?$)/gm, 'a=setup:active');
}

/**
 * An SDP that says nothing of where its maker is: the default destinations (RFC 8829, section 5.2.1) are as they were before
 * anything was gathered.
 */
export function withoutAddresses(sdp: string): string {
  return withoutCandidates(sdp)
    .replace(/^(m=\S+) (?!0 )\d+ /gm, '$1 9 ')
    .replace(/^c=IN .*?(?=\r?$)/gm, 'c=IN IP4 0.0.0.0')
    .replace(/^a=rtcp:.*?(?=\r?$)/gm, 'a=rtcp:9 IN IP4 0.0.0.0');
}

/** The name under which ICE knows the maker of an SDP (RFC 8839, section 5.4). */
export function usernameFragmentOf(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

/** An SDP without its candidates, which go beside it. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}
