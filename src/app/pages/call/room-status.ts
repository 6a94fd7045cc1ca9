import type { CallState, LinkStatus, Member } from '../../call/call-state';

/** How the call as a whole is doing, for the one line that says so. */
export type RoomStatus = LinkStatus | 'joining';

/** A trouble with anybody comes first, then what works; `waiting` is being alone. */
export const roomStatus = ({
  phase,
  members,
}: {
  readonly phase: CallState['phase'];
  readonly members: readonly Pick<Member, 'status'>[];
}): RoomStatus => {
  if (phase === 'entering') return 'joining';
  const has = (...statuses: LinkStatus[]): boolean => members.some(({ status }) => statuses.includes(status));
  if (members.length === 0) return 'waiting';
  if (has('reconnecting')) return 'reconnecting';
  if (has('connected')) return 'connected';
  return has('connecting', 'waiting') ? 'connecting' : 'failed';
};
