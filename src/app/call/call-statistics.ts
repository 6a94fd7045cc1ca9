import type { LinkStatistics as LinkFigures } from '../rtc/link-statistics';
import type { Refusal } from '../rtc/refusal';

export type { CandidateType, StreamStatistics } from '../rtc/link-statistics';

/** Statistics of the link to one member. */
export interface LinkStatistics extends LinkFigures {
  /** Number of control messages from the peer that were discarded: unknown, invalid, or too many. */
  readonly dropped: number;
  /** Why a session description could not be used, for the latest such description; null when all could. */
  readonly refusal: Refusal | null;
}

/** What the call has cost in Firestore operations, as billed to the project. */
export interface SignalingCost {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}
