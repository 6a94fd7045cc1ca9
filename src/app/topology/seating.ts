import type { Seat } from '../signaling/records';

/** Whether a member holds the seat at `now` (in ms, by the server's clock). */
export const isLive = (seat: Seat, now: number): boolean => seat.lease > now;

/** Sessions that keep their seat even if its lease has expired, because their link is active. */
export type ActiveSessions = ReadonlySet<string>;

/** Whether a member holds the seat by its lease, or by an active link. */
export const isHeld = (seat: Seat, now: number, active: ActiveSessions): boolean =>
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

/** Each session belongs to the seat that had it first: no other member can pass for its holder. Other seats get another session. */
export const withoutCopies = (seats: readonly Seat[]): readonly Seat[] =>
  seats.map((seat) =>
    seats.some((other) => other !== seat && other.session === seat.session && isEarlier(other, seat))
      ? { ...seat, session: `${seat.session} at ${seat.number}` }
      : seat,
  );

/** Whether `a` was seated before `b`. */
export function isEarlier(a: Seat, b: Seat): boolean {
  return a.since < b.since || (a.since === b.since && a.number < b.number);
}
