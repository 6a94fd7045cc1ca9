import type { Seat } from '../signaling/records';
import type { Member, Notice } from './call-state';
import type { Sessions } from './departures';
import type { LinkState } from './link';
import { isLive } from './seating';

/** Whether a link is up or being recovered. */
const stands = ({ status }: LinkState) => status === 'connected' || status === 'reconnecting';

/** The sessions at the other ends of links that stand. */
export const standing = (links: readonly LinkState[]): ReadonlySet<string> =>
  new Set(links.filter(stands).flatMap(({ session }) => session ?? []));

/** Who has been seen to sit is a member by their seat, and no longer by what they said before. */
export const onceSeated = (link: LinkState, seen: ReadonlySet<string>): LinkState =>
  link.foretold !== null && link.session !== null && seen.has(link.session)
    ? { ...link, foretold: null }
    : link;

/**
 * Who else is in the call: those whose seat is held, and those whose link stands though their lease could not be renewed.
 * A member who connected by a provisional answer, before their seat is known, is there too. Nobody is dropped because this side is
 * cut off.
 *
 * @param reached whether Firestore can be reached: else leases run out for want of hearing of their renewal
 * @param away sessions that are not members, though their seat is held
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
    .filter(({ seat, link }) => isLive(seat, now) || !reached || (link !== undefined && stands(link)))
    .map(({ seat, link }) => memberOf(seat.session, seat.number, seat.card?.name ?? '', link));
  const coming = links
    .filter(({ session, foretold }) => session !== null && foretold !== null && !away.has(session))
    .filter(({ session }) => !seats.some((seat) => seat.session === session))
    .map((link) => memberOf(link.session!, link.path.seat, link.foretold!, link));
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

/** What is worth saying about a change: who came, who left, who was lost without a farewell. */
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
