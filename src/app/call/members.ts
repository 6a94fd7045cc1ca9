import type { Seat } from '../signaling/records';
import type { Member, Notice } from './call-state';
import type { LinkState } from './link';
import { isLive } from './seating';

/**
 * Who else is in the call: those whose seat is held, and those whose connection stands though their lease could not
 * be renewed. Who said goodbye is gone at once.
 */
export function membersOf(
  self: string,
  seats: readonly Seat[],
  links: readonly LinkState[],
  now: number,
): readonly Member[] {
  return seats
    .filter(({ session }) => session !== self)
    .map((seat) => ({ seat, link: links.find(({ session }) => session === seat.session) }))
    .filter(({ seat, link }) => !link?.bye && (isLive(seat, now) || link?.status === 'connected'))
    .map(({ seat, link }): Member => ({
      session: seat.session,
      seat: seat.number,
      name: seat.card?.name ?? '',
      status: !link ? 'waiting' : link.status === 'failed' ? 'reconnecting' : link.status,
      stream: link?.stream ?? null,
      microphone: link?.microphone ?? true,
      camera: link?.camera ?? true,
      mismatch: link?.mismatch ?? null,
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
