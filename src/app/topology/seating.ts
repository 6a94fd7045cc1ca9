import type { LinkRecord, Seat } from '../signaling/records';

/** Whether a member holds the seat at `now` (in ms, by the server's clock). */
export const isLive = (seat: Seat, now: number): boolean => seat.lease > now;

/** Sessions that keep their seat even if its lease has expired, because their link is active. */
export type ActiveSessions = ReadonlySet<string>;

const isHeld = (seat: Seat, now: number, active: ActiveSessions) =>
  isLive(seat, now) || active.has(seat.session);

/** The lowest seat that no member holds; null when all are taken. */
export function freeSeat(
  seats: readonly Seat[],
  count: number,
  now: number,
  active: ActiveSessions = new Set(),
): number | null {
  const held = new Set(seats.filter((seat) => isHeld(seat, now, active)).map(({ number }) => number));
  return Array.from({ length: count }, (_, number) => number).find((number) => !held.has(number)) ?? null;
}

/** Whether `a` was seated before `b`, and so offers while `b` answers. */
export function isEarlier(a: Seat, b: Seat): boolean {
  return a.since < b.since || (a.since === b.since && a.number < b.number);
}

/** A seat for which a member publishes an offer, either to its holder or to the next member. */
export interface OfferTarget {
  readonly seat: number;
  /** The session of the seat's holder; null while the seat is free. */
  readonly session: string | null;
}

/**
 * Where the holder of `self` publishes offers: at each later member's seat, and at the lowest free one.
 *
 * @param left sessions that said `bye`: they hold their seat until it is freed, and get no offer
 */
export function offerTargets(
  self: Seat,
  seats: readonly Seat[],
  count: number,
  open: boolean,
  now: number,
  active: ActiveSessions = new Set(),
  left: ReadonlySet<string> = new Set(),
): readonly OfferTarget[] {
  const later = seats.filter(
    (seat) =>
      seat.number !== self.number &&
      !left.has(seat.session) &&
      isHeld(seat, now, active) &&
      isEarlier(self, seat),
  );
  const free = open ? freeSeat(seats, count, now, active) : null;
  return [
    ...later.map(({ number, session }) => ({ seat: number, session })),
    ...(free === null || free === self.number ? [] : [{ seat: free, session: null }]),
  ];
}

/**
 * A link offered at a free seat stays the same link when a member takes that seat. So a seat's links are counted in
 * generations: the next one begins when that member has left.
 */
export interface Generation {
  readonly number: number;
  readonly session: string | null;
}

export function nextGeneration(held: Generation | undefined, session: string | null): Generation {
  if (!held) {
    return { number: 0, session };
  }
  const changed = held.session !== null && held.session !== session;
  return { number: held.number + (changed ? 1 : 0), session };
}

/** An offer counts only while the member who made it is still in the call. */
export function isOffererPresent(
  link: LinkRecord,
  seats: readonly Seat[],
  now: number,
  active: ActiveSessions = new Set(),
): boolean {
  return seats.some(
    (seat) =>
      seat.number === link.fromSeat &&
      seat.uid === link.from &&
      seat.session === link.offer?.session &&
      isHeld(seat, now, active),
  );
}
