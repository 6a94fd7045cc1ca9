import type { LinkStatistics as LinkFigures } from '../rtc/link-statistics';
import type { Refusal } from '../rtc/refusal';

export type { CandidateType, StreamStatistics } from '../rtc/link-statistics';

/** Figures of the link to one member. */
export interface LinkStatistics extends LinkFigures {
  /** Control messages of theirs that were not taken in: unknown, not valid, or too many. */
  readonly dropped: number;
  /** Why a session description could not be used, the last that could not; null when all could. */
  readonly refusal: Refusal | null;
}

/** What the call has cost in Firestore operations, as they are billed to the project. */
export interface SignalingCost {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}
