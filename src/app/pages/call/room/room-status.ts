import type { CallState, LinkStatus, Member } from '../../../call/call-state';

/** The states of a call that show a room. */
export type RoomState = Extract<CallState, { phase: 'entering' | 'seated' }>;

/** State of the call as a whole, for the status line. */
export type RoomStatus = LinkStatus | 'joining';

/**
 * The best of the links: a link that isn't up says so on its tile. The call reconnects only if no link is up. `waiting` means
 * being alone.
 */
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
  if (has('connected')) return 'connected';
  if (has('reconnecting')) return 'reconnecting';
  return has('connecting', 'waiting') ? 'connecting' : 'failed';
};
