import { GONE } from '../links/absence';
import { isSameSet, type Sessions } from '../links/departures';
import type { LinkState } from '../links/link';
import { isSameList } from '../rx/same-list';
import { SHORT_LEASE } from '../signaling/lease';
import type { CallRecord, Seat } from '../signaling/records';
import { isLive } from '../topology/seating';
import type { RosterEvent } from './roster-events';

/** What is known about members who are missing. */
export interface Missing {
  /** By session, the lease last seen, and when it was first seen: a new one is a sign of life. Times by the server's clock. */
  readonly renewals: ReadonlyMap<string, { readonly lease: number; readonly at: number }>;
  /** By session, since when a member was not heard, or when they said `bye`, by the server's clock. */
  readonly absent: ReadonlyMap<string, number>;
  /** Seats whose holder has departed without freeing them; the same list until it changes. */
  readonly abandoned: readonly Seat[];
  /** Sessions that were in the call and aren't any more: they left, were removed, or their seat is no longer held. */
  readonly gone: Sessions;
  /** Whether a link of this member has been up. */
  readonly linked: boolean;
  /**
   * Why this member's seat was held and is held no longer; null before that. `silence`: the host did not hear this member,
   * who may come back by a new stay.
   */
  readonly lostSeat: 'removed' | 'silence' | null;
}

/** The part of a roster that this follows from. */
export interface Presence {
  readonly self: string;
  readonly call: CallRecord | null;
  readonly seats: readonly Seat[];
  readonly seen: Sessions;
  readonly left: Sessions;
  readonly away: Sessions;
  readonly reached: boolean;
  readonly active: Sessions;
  readonly links: readonly LinkState[];
}

export const NOBODY_MISSING: Missing = {
  renewals: new Map(),
  absent: new Map(),
  abandoned: [],
  gone: new Set(),
  linked: false,
  lostSeat: null,
};

/**
 * Who is missing after an event.
 *
 * @param now the server's clock, in ms since the epoch
 */
export function nextMissing(
  before: Missing & Pick<Presence, 'self' | 'seats'>,
  presence: Presence,
  event: RosterEvent,
  now: number,
): Missing {
  const renewals = event.type === 'seats' ? nextRenewals(before.renewals, event.seats, now) : before.renewals;
  const absent = nextAbsent(before.absent, event, now);
  const abandoned = presence.seats.filter((seat) => isAbandoned(seat, renewals, absent, now));
  const gone = goneSessions(presence, now);
  const linked = before.linked || presence.active.size > 0;
  const isLost = before.lostSeat === null && holdsSeat(before) && !holdsSeat(presence);
  return {
    renewals,
    absent,
    abandoned: isSameList(before.abandoned, abandoned, isSameStay) ? before.abandoned : abandoned,
    gone: isSameSet(before.gone, gone) ? before.gone : gone,
    linked,
    lostSeat: isLost ? (linked && !isHeard(before.seats, presence) ? 'silence' : 'removed') : before.lostSeat,
  };
}

/** Whether the host is in the call and is missed: not heard for 30 s. */
export const isHostMissed = (seats: readonly Seat[], { self, call, away, left }: Presence): boolean =>
  seats.some(
    ({ uid, session }) => uid === call?.host && session !== self && away.has(session) && !left.has(session),
  );

/** Whether the others can hear this member, as far as it knows: a host who removes a member does. */
const isHeard = (seats: readonly Seat[], presence: Presence): boolean =>
  presence.links.some(({ status }) => status === 'connected') && !isHostMissed(seats, presence);

const nextRenewals = (
  before: Missing['renewals'],
  seats: readonly Seat[],
  now: number,
): Missing['renewals'] =>
  new Map(
    seats.map(({ session, lease }) => {
      const known = before.get(session);
      return [session, known?.lease === lease ? known : { lease, at: now }];
    }),
  );

function nextAbsent(before: Missing['absent'], event: RosterEvent, now: number): Missing['absent'] {
  if (event.type === 'left') return new Map([...before, [event.session, now]]);
  if (event.type === 'lost') return new Map([...before, [event.session, now - GONE]]);
  if (event.type !== 'found') return before;
  return new Map([...before].filter(([session]) => session !== event.session));
}

/**
 * Whether a seat is held by a lease alone: its holder is absent and hasn't renewed it since. A member who is alive and not
 * heard by the host renews at once, so that the seat doesn't look abandoned. A short lease is left to end by itself.
 */
const isAbandoned = (
  { session, lease }: Seat,
  renewals: Missing['renewals'],
  absent: Missing['absent'],
  now: number,
): boolean => {
  const since = absent.get(session);
  const renewal = renewals.get(session);
  return (
    since !== undefined && renewal !== undefined && renewal.at <= since && lease - now > SHORT_LEASE.length
  );
};

/** While Firestore is unreachable, leases end here because their renewals don't arrive: that makes nobody go. */
const goneSessions = ({ self, seats, seen, left, reached, active }: Presence, now: number): Sessions => {
  const held = new Set(
    seats
      .filter((seat) => isLive(seat, now) || !reached || active.has(seat.session))
      .map(({ session }) => session),
  );
  return new Set([...left, ...[...seen].filter((session) => session !== self && !held.has(session))]);
};

const holdsSeat = ({ self, seats }: Pick<Presence, 'self' | 'seats'>): boolean =>
  seats.some(({ session }) => session === self);

const isSameStay = (a: Seat, b: Seat): boolean => a.session === b.session && a.number === b.number;
