import type { Seat } from '../signaling/records';
import type { Member, Notice } from './call-state';
import type { LinkState } from './link';
import { isLive } from './seating';

/** Whether a link is up, or down for less long than would make its other side gone. */
const stands = ({ status, bye, gone }: LinkState) =>
  !bye && !gone && (status === 'connected' || status === 'reconnecting');

/** The sessions at the other ends of links that stand. */
export const standing = (links: readonly LinkState[]): ReadonlySet<string> =>
  new Set(links.filter(stands).flatMap(({ session }) => session ?? []));

export const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/**
 * Who else is in the call: those whose seat is held, and those whose link stands though their lease could not be renewed.
 * Who said goodbye is gone at once, who was not heard for long too; nobody goes because this side is cut off.
 *
 * @param reached whether Firestore can be reached: else leases run out for want of hearing of their renewal
 */
export function membersOf(
  self: string,
  seats: readonly Seat[],
  links: readonly LinkState[],
  now: number,
  reached: boolean,
): readonly Member[] {
  return seats
    .filter(({ session }) => session !== self)
    .map((seat) => ({ seat, link: links.find(({ session }) => session === seat.session) }))
    .filter(
      ({ seat, link }) =>
        !link?.bye && !link?.gone && (isLive(seat, now) || !reached || (link !== undefined && stands(link))),
    )
    .map(({ seat, link }): Member => ({
      session: seat.session,
      seat: seat.number,
      name: seat.card?.name ?? '',
      status: !link ? 'waiting' : link.status === 'failed' ? 'reconnecting' : link.status,
      stream: link?.stream ?? null,
      microphone: link?.microphone ?? true,
      camera: link?.camera ?? true,
      mismatch: link?.mismatch ?? null,
      obstacle: link?.obstacle ?? null,
    }));
}

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
