import { isEarlier, isHeld, isLive } from '../topology/seating';
import type { Seat } from '../signaling/records';
import type { Roster } from './roster';

/** What the host depends on. */
type Known = Pick<Roster, 'call' | 'seats' | 'self' | 'active' | 'away'>;

/** The session of the host, who may have two seats; null while none is in the call. */
export function hostSession({ call, seats, self, active, away }: Known, now: number): string | null {
  const here = seats.filter(
    (seat) =>
      seat.uid === call?.host &&
      !away.has(seat.session) &&
      (seat.session === self || isHeld(seat, now, active)),
  );
  return (here.find(({ number }) => number === call?.hostSeat) ?? here[0])?.session ?? null;
}

/** Whether the member of this session is the host. */
export const isHostSession = ({ call, seats }: Pick<Roster, 'call' | 'seats'>, session: string): boolean =>
  seats.some((seat) => seat.session === session && seat.uid === call?.host);

/** The members who may become the host, those who have been there longest first; this member included. */
export const candidates = ({ seats, away }: Pick<Roster, 'seats' | 'away'>, now: number): readonly Seat[] =>
  seats
    .filter((seat) => isLive(seat, now) && !away.has(seat.session))
    .sort((a, b) => (isEarlier(a, b) ? -1 : 1));
