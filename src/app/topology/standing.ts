import type { OfferTarget, Seating } from './topology';
import { isHeld } from './seating';
import type { Seat } from '../signaling/records';

/** What the time of a standing offer depends on. */
export interface Standing {
  /** No other member holds a seat. */
  readonly alone: boolean;
  /** The links to all members have been settled for a while: they are up, or can't be made. */
  readonly settled: boolean;
  /** The offer at this seat is published already. */
  readonly published: boolean;
}

/**
 * Whether to publish a standing offer now. A member who is alone waits for the next one, so it is published at once. Any later
 * one waits until no other link is being made: its connection and its candidates would compete with the links that people wait
 * for. A newcomer who is quicker is offered a link as soon as their seat is seen. What is published stays.
 */
export const isStandingDue = ({ alone, settled, published }: Standing): boolean =>
  alone || settled || published;

/** Whether no other member holds a seat. */
export const isAlone = (own: Seat, { seats, now, active, left }: Seating): boolean =>
  !seats.some((seat) => seat.number !== own.number && !left.has(seat.session) && isHeld(seat, now, active));

/** The targets of the moment: offers to members at once, the standing offer once it is due. */
export const dueTargets = <T extends OfferTarget>(
  wanted: readonly T[],
  before: readonly OfferTarget[],
  when: Omit<Standing, 'published'>,
): readonly T[] =>
  wanted.filter(({ seat, session }) => {
    const published = before.some((target) => target.seat === seat && target.session === null);
    return session !== null || isStandingDue({ ...when, published });
  });
