/** A candidate as it crosses between two members (RTCIceCandidateInit without undefined). */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** A list of candidates; `complete` says that none follow (RFC 8838, end-of-candidates). */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly complete: boolean;
}

/** An SDP without its candidates, and the candidates that ride with it. */
export interface Description extends Candidates {
  readonly sdp: string;
}
