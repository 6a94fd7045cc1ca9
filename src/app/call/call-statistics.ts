export type { CandidateType, LinkStatistics, StreamStatistics } from '../rtc/link-statistics';

/** What the call has cost in Firestore operations, as they are billed to the project. */
export interface SignalingCost {
  readonly writes: number;
  readonly reads: number;
  readonly deletes: number;
}
