import { seatsFor } from '../../../call/call-size';
import type { RoomState } from './room-status';

/** Fewest seats that hold the members where they sit. */
export const smallestSize = (state: RoomState): number =>
  seatsFor([
    ...(state.phase === 'seated' ? [{ number: state.seat }] : []),
    ...state.members.map(({ seat }) => ({ number: seat })),
  ]);

/** Whether every seat is taken. */
export const isFull = ({ members, seats }: RoomState): boolean => members.length + 1 >= seats;
