import type { RoomState } from './room-status';

/** Fewest seats that hold the members where they sit. */
export const smallestSize = (state: RoomState): number =>
  1 + Math.max(state.phase === 'seated' ? state.seat : 0, ...state.members.map(({ seat }) => seat));
