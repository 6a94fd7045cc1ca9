import type { CallRecord, LinkRecord, Seat } from '../signaling/records';
import type { AnsweredLink } from '../links/answered-link';
import { isSameSet, type Sessions } from '../links/departures';
import type { LinkState } from '../links/link';
import { isSameList } from '../rx/same-list';
import { type Generations, nextGenerations, type NumberedTarget } from '../topology/generations';
import { dueTargets, isAlone } from '../topology/standing';
import { topologyOf } from '../topology/topologies';
import type { Seating } from '../topology/topology';
import { type Missing, nextMissing, NOBODY_MISSING } from './absences';
import type { Member, Notice, TurnedAway, Waiting } from './call-state';
import { hostSession } from './host';
import { activeSessions, areSettled, membersOf, noticesOf, onceSeated } from './members';
import type { RosterEvent, Seated } from './roster-events';

export type { RosterEvent, Seated } from './roster-events';

/** Number of offers taken up that are remembered. No call has as many links at once. */
const MOST_TAKEN = 64;

/** What is known about who is in a call, and what follows from it. */
export interface Roster extends Facts, Missing {
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
  /** The members, if the links to all of them are up or can't be made; null while one is being made or recovered. */
  readonly calm: Sessions | null;
  /** Whether `calm` has lasted for a while. */
  readonly settled: boolean;
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
  /** The seat that `offers` are at; null while they are not known. */
  readonly offersAt: number | null;
  readonly answered: readonly AnsweredLink[];
  readonly offered: readonly LinkState[];
  /** Sessions that said `bye`. */
  readonly left: Sessions;
  /** Sessions that are not members, although their seat may be held: they said `bye` or were not heard. */
  readonly away: Sessions;
  readonly reached: boolean;
  readonly waiting: readonly Waiting[];
  readonly turnedAway: readonly TurnedAway[];
}

export const newRoster = (self: string): Roster => ({
  self,
  call: null,
  seated: null,
  seats: [],
  seen: new Set(),
  offers: [],
  offersAt: null,
  answered: [],
  offered: [],
  left: new Set(),
  away: new Set(),
  reached: true,
  waiting: [],
  turnedAway: [],
  members: [],
  links: [],
  host: null,
  active: new Set(),
  met: null,
  withholds: false,
  calm: new Set(),
  settled: false,
  targets: [],
  generations: new Map(),
  answersAt: null,
  answers: [],
  taken: new Map(),
  orphans: [],
  ...NOBODY_MISSING,
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
  const all = membersOf(roster.self, roster.seats, links, now, roster.reached, roster.away);
  const everyone = withAll(new Set(), all);
  const calm = areSettled(all) ? kept(before.calm ?? everyone, everyone, isSameSet) : null;
  const settled = calm !== null && calm === before.calm && (before.settled || event.type === 'settled');
  return {
    ...roster,
    ...whoIsShown(before, roster, all, event),
    calm,
    settled,
    ...whatIsLinked(before, { ...roster, settled }, now, mayHaveAnswered(before, event)),
    ...nextMissing(before, roster, event, now),
    host: hostSession(roster, now),
  };
}

function withEvent(facts: Facts, event: RosterEvent): Facts {
  switch (event.type) {
    case 'call':
      return facts.seated ? facts : { ...facts, call: event.call };
    case 'seats':
      return { ...facts, seats: event.seats, seen: withAll(facts.seen, event.seats) };
    case 'offers':
      return { ...facts, offers: event.offers, offersAt: event.seat };
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
    case 'turned-away': {
      const others = facts.turnedAway.filter(({ id }) => id !== event.person.id);
      return { ...facts, turnedAway: [...others, event.person] };
    }
    case 'let-in':
      return { ...facts, turnedAway: facts.turnedAway.filter(({ id }) => id !== event.id) };
    case 'settled':
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
  { seats, seated, links }: Facts & Pick<Roster, 'links'>,
  all: readonly Member[],
  event: RosterEvent,
): Pick<Roster, 'members' | 'met' | 'withholds' | 'notices'> {
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
  { self, call, seated, seats, active, left, offers, settled }: Facts & Pick<Roster, 'active' | 'settled'>,
  now: number,
  withdrawn: boolean,
): Pick<Roster, 'targets' | 'generations' | 'answersAt' | 'answers' | 'taken' | 'orphans'> {
  const { generations: held, taken } = before;
  // Nothing is offered or answered before the call's record says how its members are linked.
  const topology = call && topologyOf(call.mode);
  const seating: Seating = { seats, count: call?.seats ?? 0, open: isOpening(call), now, active, left };
  const own = ownSeat({ self, seats });
  const wanted = seated && own ? (topology?.offerTargets(own, seating) ?? []) : [];
  const alone = own !== undefined && isAlone(own, seating);
  const due = dueTargets(wanted, before.targets, { alone, settled });
  const generations = nextGenerations(held, due, withdrawn);
  const targets = due.map((target) => ({
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
    taken: takenWith(taken, answers),
    orphans: kept(before.orphans, orphans, isSameList),
  };
}

/**
 * Whether someone who may not enter any more can have answered a standing offer provisionally: the door was open before, or
 * the host has just removed someone, of which the members hear as a change that leaves the record as it was.
 */
function mayHaveAnswered({ call }: Roster, event: RosterEvent): boolean {
  if (event.type !== 'changed' || !call) return false;
  const { door, seats, host, hostSeat } = event.call;
  const isSame =
    call.door === door && call.seats === seats && call.host === host && call.hostSeat === hostSeat;
  return (event.byHost === true && isSame) || (call.door === 'open' && door !== 'open');
}

/** The offers taken up, the latest last, without the oldest once there are many: a link that can't be made is offered again and again. */
function takenWith(
  taken: ReadonlyMap<string, LinkRecord>,
  answers: readonly LinkRecord[],
): ReadonlyMap<string, LinkRecord> {
  const known = new Map(taken);
  for (const link of answers) {
    known.delete(link.id);
    known.set(link.id, link);
  }
  return new Map([...known].slice(-MOST_TAKEN));
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
