import type { Fields, FieldValue } from '../firebase/documents';
import { isTime, isWholeIn, MOST_COUNTED } from '../values/bounds';
import { Card, MemberDescription, PayloadError, ProvisionalAnswer } from './payloads';

/** Largest number of seats of a call. */
const MOST_SEATS = 16;

/** How the members of a call are linked: `mesh`, each with every other one. */
export const MODES = ['mesh'] as const;
export type Mode = (typeof MODES)[number];

/** The call has a mode that this version doesn't know. Nothing else in the call can be relied on. */
export class UnknownModeError extends Error {
  override readonly name = 'UnknownModeError';
}

/** Who may take a seat: every guest; a guest whom a member admits; nobody new. */
export type Door = 'open' | 'ask' | 'closed';

/** A call's document. Times are ms since the epoch, by the server's clock. */
export interface CallRecord {
  /** When it was created. Another call under the same code has another time. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly seats: number;
  readonly mode: Mode;
  readonly door: Door;
  /** uid of the host. */
  readonly host: string;
  /** The seat that the host had when taking the role. */
  readonly hostSeat: number;
}

/** What a guest's document says, in the call that was there at `at` (ms since the epoch, by the server's clock). */
export interface GuestRecord {
  readonly state: 'waiting' | 'admitted' | 'refused';
  /** When the guest knocked, or when a member decided. */
  readonly at: number;
}

/** A guest who has knocked. */
export interface Knock {
  readonly uid: string;
  readonly at: number;
  /** Null when it could not be opened. */
  readonly card: Card | null;
}

/** A seat that is or was held. */
export interface Seat {
  readonly number: number;
  readonly uid: string;
  readonly session: string;
  /** When it was taken. Earlier members make the offers to later ones. */
  readonly since: number;
  /** When the hold expires. */
  readonly lease: number;
  /** Null when it could not be opened. */
  readonly card: Card | null;
}

/** Identifies a link: the seat it is offered to and its document's id. */
export interface LinkPath {
  readonly seat: number;
  readonly id: string;
}

/** A link's document. A description that could not be opened is null. */
export interface LinkRecord extends LinkPath {
  readonly from: string;
  readonly fromSeat: number;
  readonly revision: number;
  readonly offer: MemberDescription | null;
  readonly answer: MemberDescription | null;
  /** The answer of a callee who has not accepted yet. */
  readonly pranswer: ProvisionalAnswer | null;
  /** Whether there is an answer, even if it could not be opened. */
  readonly answered: boolean;
}

/** Throws an `UnknownModeError` before it reads anything else, and a `PayloadError` when the document is invalid. */
export function callRecord(fields: Fields): CallRecord {
  const mode = knownMode(text(fields, 'mode'));
  return {
    mode,
    createdAt: time(fields, 'createdAt'),
    expiresAt: time(fields, 'expiresAt'),
    seats: whole(fields, 'seats', 2, MOST_SEATS),
    door: doorOf(fields),
    // Calls of older apps lack these.
    host: text(fields, 'host' in fields ? 'host' : 'createdBy'),
    hostSeat: 'hostSeat' in fields ? whole(fields, 'hostSeat', 0, MOST_SEATS - 1) : 0,
  };
}

function doorOf(fields: Fields): Door {
  if (flag(fields, 'open')) return 'open';
  return 'ask' in fields && flag(fields, 'ask') ? 'ask' : 'closed';
}

/** The fields of a call that say who may take a seat. Older apps read `open` alone. */
export const doorFields = (door: Door) => ({ open: door === 'open', ask: door === 'ask' });

export function guestRecord(fields: Fields): GuestRecord {
  const state = text(fields, 'state');
  if (state !== 'waiting' && state !== 'admitted' && state !== 'refused') throw new PayloadError('state');
  return { state, at: time(fields, 'at') };
}

function knownMode(mode: string): Mode {
  const known = MODES.find((name) => name === mode);
  if (!known) throw new UnknownModeError();
  return known;
}

/** A seat without its sealed card. */
export function seatRecord(number: number, fields: Fields): Omit<Seat, 'card'> {
  return {
    number,
    uid: text(fields, 'uid'),
    session: text(fields, 'session'),
    since: time(fields, 'since'),
    lease: time(fields, 'lease'),
  };
}

/** A link without its sealed descriptions. */
export function linkRecord(
  path: LinkPath,
  fields: Fields,
): Omit<LinkRecord, 'offer' | 'pranswer' | 'answer' | 'answered'> {
  return {
    seat: path.seat,
    id: path.id,
    from: text(fields, 'from'),
    fromSeat: whole(fields, 'fromSeat', 0, MOST_SEATS - 1),
    revision: whole(fields, 'revision', 1, MOST_COUNTED),
  };
}

export function sealedField(fields: Fields, key: string): Uint8Array {
  return typed(fields, key, (value) => value instanceof Uint8Array);
}

export function whole(fields: Fields, key: string, least: number, most: number): number {
  return typed(fields, key, (value): value is number => isWholeIn(value, least, most));
}

function flag(fields: Fields, key: string): boolean {
  return typed(fields, key, (value) => typeof value === 'boolean');
}

function text(fields: Fields, key: string): string {
  return typed(fields, key, (value) => typeof value === 'string');
}

function time(fields: Fields, key: string): number {
  return typed(fields, key, isDate).getTime();
}

/** A timestamp that any calendar can show. */
export const isDate = (value: unknown): value is Date => value instanceof Date && isTime(value.getTime());

function typed<T extends FieldValue>(fields: Fields, key: string, is: (value: unknown) => value is T): T {
  const value = fields[key];
  if (!is(value)) {
    throw new PayloadError(key);
  }
  return value;
}
