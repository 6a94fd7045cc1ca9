import type { LinkRole } from '../rtc/link-role';
import type { LinkPath } from './records';
import type { SealContext } from './seal';

/** The sealed fields of a link's document. */
export type LinkKind = 'offer' | 'pranswer' | 'answer';

/** The first word in Firestore's names of a role's candidates. */
const DESCRIPTION_OF = { offerer: 'offer', answerer: 'answer' } as const satisfies Record<LinkRole, string>;

/** Where the documents of a call are. */
export class CallPaths {
  readonly call: string;
  readonly seats: string;
  readonly guests: string;

  /** @param id the call id */
  constructor(id: string) {
    this.call = `calls/${id}`;
    this.seats = `${this.call}/seats`;
    this.guests = `${this.call}/guests`;
  }

  guest(uid: string): string {
    return `${this.guests}/${uid}`;
  }

  seat(number: number): string {
    return `${this.seats}/${number}`;
  }

  links(seat: number): string {
    return `${this.seat(seat)}/links`;
  }

  link({ seat, id }: LinkPath): string {
    return `${this.links(seat)}/${id}`;
  }

  candidates(link: LinkPath, role: LinkRole): string {
    return `${this.link(link)}/${DESCRIPTION_OF[role]}Candidates`;
  }
}

/** What seals the card of a seat to its place. */
export const cardContext = (number: number, session: string): SealContext => ({
  where: `seats/${number}/${session}`,
  kind: 'card',
  revision: 0,
});

/** What seals the card of a guest to its place. */
export const guestContext = (uid: string): SealContext => ({
  where: `guests/${uid}`,
  kind: 'guest',
  revision: 0,
});

/** What seals a description to its link. */
export const linkContext = ({ seat, id }: LinkPath, kind: LinkKind, revision: number): SealContext => ({
  where: `seats/${seat}/links/${id}`,
  kind,
  revision,
});

/** What seals a batch of candidates to its link. */
export const batchContext = (link: LinkPath, role: LinkRole, id: string, revision: number): SealContext => ({
  where: `seats/${link.seat}/links/${link.id}/${id}`,
  kind: `${DESCRIPTION_OF[role]}-candidates`,
  revision,
});
