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

const NOTHING_YET: Candidates = { candidates: [], complete: false };

function candidateOf({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}
