import type { LinkStatistics } from '../../../call/call-statistics';

type CandidateType = NonNullable<LinkStatistics['local']>;

/** Kind of the media path, by its two ends (candidate types, RFC 8445, section 5.1.1). */
export type PathKind = 'direct' | 'nat' | 'relay' | 'theirRelay';

export function pathKind(local: CandidateType, remote: CandidateType): PathKind {
  if (local === 'relay') return 'relay';
  if (remote === 'relay') return 'theirRelay';
  return local === 'host' && remote === 'host' ? 'direct' : 'nat';
}
