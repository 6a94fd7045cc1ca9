import { isWholeIn } from '../values/bounds';

/** A candidate as sent between two members (RTCIceCandidateInit without undefined). */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** A list of candidates. `complete` means that none follow (RFC 8838, end-of-candidates). */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly complete: boolean;
}

/** An SDP without its candidates, and the candidates sent with it. */
export interface Description extends Candidates {
  readonly sdp: string;
}

const MAX_CANDIDATES = 200;
const MAX_CANDIDATE = 1024;
/** WebRTC, section 4.8.1: an unsigned short. */
const MAX_LINE = 65_535;

/** Validates and copies a list of candidates from outside. Returns null when it is not valid. */
export function readCandidateList(value: unknown): readonly Candidate[] | null {
  if (!Array.isArray(value) || value.length > MAX_CANDIDATES) {
    return null;
  }
  const read = value.map(readCandidate).filter((candidate) => candidate !== null);
  return read.length === value.length ? read : null;
}

function readCandidate(value: unknown): Candidate | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = value as Readonly<Record<string, unknown>>;
  const valid =
    isText(candidate) &&
    (sdpMid === null || isText(sdpMid)) &&
    (sdpMLineIndex === null || isWholeIn(sdpMLineIndex, 0, MAX_LINE)) &&
    (usernameFragment === null || isText(usernameFragment));
  return valid ? { candidate, sdpMid, sdpMLineIndex, usernameFragment } : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CANDIDATE;
}
