import type { Seat } from '../signaling/records';
import type { Member, Notice } from './call-state';
import type { Sessions } from '../links/departures';
import type { LinkState } from '../links/link';
import { isLive } from '../topology/seating';

/** Whether a link is active: up, or being recovered. */
const isActive = ({ status }: LinkState) => status === 'connected' || status === 'reconnecting';

/** The sessions of the peers whose link is active. */
export const activeSessions = (links: readonly LinkState[]): ReadonlySet<string> =>
  new Set(links.filter(isActive).flatMap(({ session }) => session ?? []));

/** Whether every member's link is up or can't be made: another connection would disturb nobody. */
export const areSettled = (members: readonly Member[]): boolean =>
  members.every(({ status, obstacle }) => status === 'connected' || status === 'failed' || obstacle !== null);

/** Once a peer's seat has been seen, the peer is a member by that seat, and the name from its provisional answer no longer counts. */
export const onceSeated = (link: LinkState, seen: ReadonlySet<string>): LinkState =>
  link.provisionalName !== null && link.session !== null && seen.has(link.session)
    ? { ...link, provisionalName: null }
    : link;

/**
 * The other members: those whose seat is held, and those whose link is up although they could not renew their lease. A
 * member who connected by a provisional answer is included before their seat is known. No member is dropped because this
 * side is cut off.
 *
 * @param reached whether Firestore is reachable; if it isn't, leases run out here because their renewals don't arrive
 * @param away sessions that are not members, although their seat is held
 */
export function membersOf(
  self: string,
  seats: readonly Seat[],
  links: readonly LinkState[],
  now: number,
  reached: boolean,
  away: Sessions,
): readonly Member[] {
  const seated = seats
    .filter(({ session }) => session !== self && !away.has(session))
    .map((seat) => ({ seat, link: links.find(({ session }) => session === seat.session) }))
    .filter(({ seat, link }) => isLive(seat, now) || !reached || (link !== undefined && isActive(link)))
    .map(({ seat, link }) => memberOf(seat.session, seat.number, seat.card?.name ?? '', link));
  const coming = links
    .filter(
      ({ session, provisionalName }) => session !== null && provisionalName !== null && !away.has(session),
    )
    .filter(({ session }) => !seats.some((seat) => seat.session === session))
    .map((link) => memberOf(link.session!, link.path.seat, link.provisionalName!, link));
  return [...seated, ...coming];
}

const memberOf = (session: string, seat: number, name: string, link: LinkState | undefined): Member => ({
  session,
  seat,
  name,
  status: link?.status ?? 'waiting',
  stream: link?.stream ?? null,
  microphone: link?.microphone ?? true,
  camera: link?.camera ?? true,
  mismatch: link?.mismatch ?? null,
  obstacle: link?.obstacle ?? null,
});

/** The notices for a change of members: who joined, who left, and who was lost without a `bye`. */
export function noticesOf(
  before: readonly Member[],
  after: readonly Member[],
  seats: readonly Seat[],
): readonly Notice[] {
  const missing = (list: readonly Member[], from: readonly Member[]) =>
    list.filter(({ session }) => !from.some((other) => other.session === session));
  const stillSeated = ({ session }: Member) => seats.some((seat) => seat.session === session);
  return [
    ...missing(after, before).map(({ name }): Notice => ({ kind: 'joined', name })),
    ...missing(before, after).map((member): Notice => {
      const lost = stillSeated(member) && member.status !== 'connected';
      return { kind: lost ? 'lost' : 'left', name: member.name };
    }),
  ];
}
