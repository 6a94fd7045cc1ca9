import { freeSeat, isEarlier, isHeld } from './seating';
import type { Topology } from './topology';

/** Every member has a link with every other member. The earlier one offers, the later one answers. */
export const mesh: Topology = {
  /** At each later member's seat, and at the lowest free one. */
  offerTargets: (own, { seats, count, open, now, active, left }) => {
    const later = seats.filter(
      (seat) =>
        seat.number !== own.number &&
        !left.has(seat.session) &&
        isHeld(seat, now, active) &&
        isEarlier(own, seat),
    );
    const free = open ? freeSeat(seats, count, now, active) : null;
    return [
      ...later.map(({ number, session }) => ({ seat: number, session })),
      ...(free === null || free === own.number ? [] : [{ seat: free, session: null }]),
    ];
  },

  isOffered: (own, seats) => seats.some((seat) => seat !== own && (!own || isEarlier(seat, own))),

  /** While the member who made it is in the call. */
  counts: (link, { seats, now, active }) =>
    seats.some(
      (seat) =>
        seat.number === link.fromSeat &&
        seat.uid === link.from &&
        seat.session === link.offer?.session &&
        isHeld(seat, now, active),
    ),
};
