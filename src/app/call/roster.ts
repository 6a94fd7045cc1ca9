import type { CallRecord, LinkRecord, Seat } from '../signaling/records';
import type { AnsweredLink } from '../links/answered-link';
import { isSameSet, type Sessions } from '../links/departures';
import type { LinkState } from '../links/link';
import { isSameList } from '../rx/same-list';
import { type Generations, nextGenerations, type NumberedTarget } from '../topology/generations';
import { topologyOf } from '../topology/topologies';
import type { Seating } from '../topology/topology';
import type { Member, Notice, Waiting } from './call-state';
import { hostSession } from './host';
import { activeSessions, membersOf, noticesOf, onceSeated } from './members';

/** The seat this member has taken. */
export interface Seated {
  readonly number: number;
  readonly name: string;
  /** When the seat was taken, by `elapsed`, in ms. */
  readonly since: number;
  readonly call: CallRecord;
}

/** Something that changes who is in the call. */
export type RosterEvent =
  /** The call's record was read; null when the call is missing. */
  | { readonly type: 'call'; readonly call: CallRecord | null }
  /** The seats have changed, or one of their leases has expired. */
  | { readonly type: 'seats'; readonly seats: readonly Seat[] }
  /** The offers at this member's seat have changed. */
  | { readonly type: 'offers'; readonly offers: readonly LinkRecord[] }
  | { readonly type: 'answered'; readonly links: readonly AnsweredLink[] }
  | { readonly type: 'offered'; readonly links: readonly LinkState[] }
  /** This member has taken a seat. */
  | { readonly type: 'seated'; readonly seated: Seated }
  /** A member said `bye`. */
  | { readonly type: 'left'; readonly session: string }
  /** A member was not heard for 30 s. */
  | { readonly type: 'lost'; readonly session: string }
  /** A link to a member is connected. */
  | { readonly type: 'found'; readonly session: string }
  /** Whether Firestore is reachable. */
  | { readonly type: 'reached'; readonly reached: boolean }
  /** The call's record has changed since this member took the seat. */
  | { readonly type: 'changed'; readonly call: CallRecord }
  /** The guests who wait for an answer. */
  | { readonly type: 'waiting'; readonly waiting: readonly Waiting[] }
  /** Withheld newcomers have been waited for long enough. */
  | { readonly type: 'waited' }
  /** Something else to tell the person. */
  | { readonly type: 'notice'; readonly notice: Notice };

/** What is known about who is in a call, and what follows from it. */
export interface Roster extends Facts {
  /** The members that pages show. */
  readonly members: readonly Member[];
  /** The links of this member, those without a peer too. */
  readonly links: readonly LinkState[];
  /** The session of the host; null while it is unknown or no host is in the call. */
  readonly host: string | null;
  /** Sessions whose link is active. */
  readonly active: Sessions;
  /** Sessions that have been shown; null until this member is seated and the seats are known. */
  readonly met: Sessions | null;
  /** Whether a newcomer isn't shown yet, because no link leads to them. */
  readonly withholds: boolean;
  /** Where this member offers links; the same list until it changes. */
  readonly targets: readonly NumberedTarget[];
  readonly generations: Generations;
  /** The seat whose offers this member answers once seated; null when no member can have offered a link. */
  readonly answersAt: number | null;
  /** The offers that count; the same list until it changes. */
  readonly answers: readonly LinkRecord[];
  /** Offers taken up so far, by id. A later revision matters only for these: it restarts their connection. */
  readonly taken: ReadonlyMap<string, LinkRecord>;
  /** Offers at this member's own seat without a member behind them; the same list until it changes. */
  readonly orphans: readonly LinkRecord[];
  /** Whether this member's seat was held and is held no longer. */
  readonly removed: boolean;
  /** What the latest event gives notice of. */
  readonly notices: readonly Notice[];
}

/** What events say. Everything else in a roster follows from it. */
interface Facts {
  /** This member's session. */
  readonly self: string;
  readonly call: CallRecord | null;
  readonly seated: Seated | null;
  readonly seats: readonly Seat[];
  /** Sessions whose seat has been seen. */
  readonly seen: Sessions;
  readonly offers: readonly LinkRecord[];
  readonly answered: readonly AnsweredLink[];
  readonly offered: readonly LinkState[];
  /** Sessions that said `bye`. */
  readonly left: Sessions;
  /** Sessions that are not members, although their seat may be held: they said `bye` or were not heard. */
  readonly away: Sessions;
  readonly reached: boolean;
  readonly waiting: readonly Waiting[];
}

export const newRoster = (self: string): Roster => ({
  self,
  call: null,
  seated: null,
  seats: [],
  seen: new Set(),
  offers: [],
  answered: [],
  offered: [],
  left: new Set(),
  away: new Set(),
  reached: true,
  waiting: [],
  members: [],
  links: [],
  host: null,
  active: new Set(),
  met: null,
  withholds: false,
  targets: [],
  generations: new Map(),
  answersAt: null,
  answers: [],
  taken: new Map(),
  orphans: [],
  removed: false,
  notices: [],
});

/**
 * The roster after an event.
 *
 * @param now the server's clock, in ms since the epoch
 */
export function nextRoster(before: Roster, event: RosterEvent, now: number): Roster {
  const facts = withEvent(before, event);
  const links = [...facts.answered.map(({ state }) => state), ...facts.offered].map((link) =>
    onceSeated(link, facts.seen),
  );
  const active = kept(before.active, activeSessions(links), isSameSet);
  const roster = { ...before, ...facts, links, active };
  return {
    ...roster,
    ...whoIsShown(before, roster, event, now),
    ...whatIsLinked(before, roster, now),
    host: hostSession(roster, now),
    removed: before.removed || (ownSeat(before) !== undefined && ownSeat(roster) === undefined),
  };
}

function withEvent(facts: Facts, event: RosterEvent): Facts {
  switch (event.type) {
    case 'call':
      return facts.seated ? facts : { ...facts, call: event.call };
    case 'seats':
      return { ...facts, seats: event.seats, seen: withAll(facts.seen, event.seats) };
    case 'offers':
      return { ...facts, offers: event.offers };
    case 'answered':
      return { ...facts, answered: event.links };
    case 'offered':
      return { ...facts, offered: event.links };
    case 'seated':
      return { ...facts, seated: event.seated, call: event.seated.call };
    case 'left':
      return { ...facts, left: withAll(facts.left, [event]), away: withAll(facts.away, [event]) };
    case 'lost':
      return { ...facts, away: withAll(facts.away, [event]) };
    case 'found':
      return facts.left.has(event.session) ? facts : { ...facts, away: without(facts.away, event.session) };
    case 'reached':
      return { ...facts, reached: event.reached };
    case 'changed':
      return { ...facts, call: event.call };
    case 'waiting':
      return { ...facts, waiting: event.waiting };
    case 'waited':
    case 'notice':
      return facts;
  }
}

/**
 * A newcomer is withheld until a link leads to them, but not for long: rendering a tile takes the page as long as connecting
 * does. Members who are there from the start are not newcomers.
 */
function whoIsShown(
  before: Roster,
  { self, seats, seated, links, reached, away }: Facts & Pick<Roster, 'links'>,
  event: RosterEvent,
  now: number,
): Pick<Roster, 'members' | 'met' | 'withholds' | 'notices'> {
  const all = membersOf(self, seats, links, now, reached, away);
  const told: readonly Notice[] = event.type === 'notice' ? [event.notice] : [];
  const { met } = before;
  if (!met) {
    const begins = seated !== null && seats.length > 0;
    return { members: all, met: begins ? withAll(new Set(), all) : null, withholds: false, notices: told };
  }
  const isShown = ({ session }: Member) =>
    event.type === 'waited' || met.has(session) || links.some((link) => link.session === session);
  const members = all.filter(isShown);
  return {
    members,
    met: withAll(met, members),
    withholds: members.length < all.length,
    notices: [...told, ...noticesOf(before.members, members, seats)],
  };
}

function whatIsLinked(
  before: Roster,
  { self, call, seated, seats, active, left, offers }: Facts & Pick<Roster, 'active'>,
  now: number,
): Pick<Roster, 'targets' | 'generations' | 'answersAt' | 'answers' | 'taken' | 'orphans'> {
  const { generations: held, taken } = before;
  // Nothing is offered or answered before the call's record says how its members are linked.
  const topology = call && topologyOf(call.mode);
  const seating: Seating = { seats, count: call?.seats ?? 0, open: isOpening(call), now, active, left };
  const own = ownSeat({ self, seats });
  const wanted = seated && own ? (topology?.offerTargets(own, seating) ?? []) : [];
  const generations = nextGenerations(held, wanted);
  const targets = wanted.map((target) => ({
    ...target,
    generation: generations.get(target.seat)!.number,
  }));
  const counts = (link: LinkRecord) => topology?.counts(link, seating) ?? false;
  const answers = offers
    // An offer that fails to decrypt is ignored, and a known link stays as it is.
    .map((link) => (link.offer === null ? (taken.get(link.id) ?? link) : link))
    .filter(
      (link) =>
        counts(link) &&
        !(link.offer !== null && left.has(link.offer.session)) &&
        (link.revision === 1 || taken.has(link.id)) &&
        (!link.answered || link.answer?.session === self),
    );
  const orphans = offers.filter((link) => link.seat === seated?.number && !counts(link));
  return {
    generations,
    targets: kept(before.targets, targets, (a, b) => isSameList(a, b, isSameTarget)),
    answersAt: seated && topology?.isOffered(own, seats) ? seated.number : null,
    answers: kept(before.answers, answers, isSameList),
    taken: new Map([...taken, ...answers.map((link) => [link.id, link] as const)]),
    orphans: kept(before.orphans, orphans, isSameList),
  };
}

/** Whether members prepare for newcomers: at a door that asks, offers are ready for a guest who is admitted. */
const isOpening = (call: CallRecord | null): boolean => call !== null && call.door !== 'closed';

const ownSeat = ({ self, seats }: Pick<Facts, 'self' | 'seats'>): Seat | undefined =>
  seats.find(({ session }) => session === self);

const withAll = (sessions: Sessions, added: readonly { readonly session: string }[]): Sessions =>
  kept(sessions, new Set([...sessions, ...added.map(({ session }) => session)]), isSameSet);

const without = (sessions: Sessions, session: string): Sessions =>
  kept(sessions, new Set([...sessions].filter((other) => other !== session)), isSameSet);

/** The value from before if nothing has changed, so that nothing that follows from it starts over. */
const kept = <T>(before: T, now: T, isSame: (a: T, b: T) => boolean): T =>
  isSame(before, now) ? before : now;

const isSameTarget = (a: NumberedTarget, b: NumberedTarget): boolean =>
  a.seat === b.seat && a.session === b.session && a.generation === b.generation;
