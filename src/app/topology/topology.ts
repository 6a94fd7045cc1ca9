import type { LinkRecord, Seat } from '../signaling/records';
import type { ActiveSessions } from './seating';

/** The seats of a call at one moment. */
export interface Seating {
  readonly seats: readonly Seat[];
  /** Number of seats in the call. */
  readonly count: number;
  /** Whether newcomers may take seats. */
  readonly open: boolean;
  /** The server's clock, in ms since the epoch. */
  readonly now: number;
  readonly active: ActiveSessions;
  /** Sessions that said `bye`: they hold their seat until it is freed, and get no offer. */
  readonly left: ReadonlySet<string>;
}

/** A seat for which a member publishes an offer, either to its holder or to the next member. */
export interface OfferTarget {
  readonly seat: number;
  /** The session of the seat's holder; null while the seat is free. */
  readonly session: string | null;
}

/** Which members have links with each other, and who offers them. */
export interface Topology {
  /** Where the holder of `own` publishes offers. */
  readonly offerTargets: (own: Seat, seating: Seating) => readonly OfferTarget[];
  /**
   * Whether other members may have offered a link to this member, who then listens for offers.
   *
   * @param own this member's seat; undefined until it is known to be held
   */
  readonly isOffered: (own: Seat | undefined, seats: readonly Seat[]) => boolean;
  /** Whether an offer counts. One that doesn't has no member behind it, and may be deleted. */
  readonly counts: (link: LinkRecord, seating: Seating) => boolean;
}
