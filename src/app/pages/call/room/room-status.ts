import type { CallState, LinkStatus, Member } from '../../../call/call-state';

/** The states of a call that show a room. */
export type RoomState = Extract<CallState, { phase: 'entering' | 'seated' }>;

/** State of the call as a whole, for the status line. */
export type RoomStatus = LinkStatus | 'joining';

/** A reconnecting link comes first, then a connected one; `waiting` means being alone. */
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
