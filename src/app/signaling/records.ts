import type { Fields, FieldValue } from '../firebase/documents';
import { isTime, isWholeIn, MOST_COUNTED } from '../rtc/bounds';
import { Card, MemberDescription, PayloadError, ProvisionalAnswer } from './payloads';

/** A call's document. Times are ms since the epoch, by the server's clock. */
export interface CallRecord {
  readonly createdBy: string;
  readonly expiresAt: number;
  readonly seats: number;
  readonly open: boolean;
}

/** A seat that somebody holds or held. */
export interface Seat {
  readonly number: number;
  readonly uid: string;
  readonly session: string;
  /** When it was taken; earlier members offer to later ones. */
  readonly since: number;
  /** Until when it is held. */
  readonly lease: number;
  /** Null when it did not open. */
  readonly card: Card | null;
}

/** Names a link: the seat it is offered to and its document's id. */
export interface LinkPath {
  readonly seat: number;
  readonly id: string;
}

/** A link's document. A description that did not open is null. */
export interface LinkRecord extends LinkPath {
  readonly from: string;
  readonly fromSeat: number;
  readonly revision: number;
  readonly offer: MemberDescription | null;
  readonly answer: MemberDescription | null;
  /** What somebody who is being rung would answer. */
  readonly pranswer: ProvisionalAnswer | null;
  /** Whether there is an answer, opened or not. */
  readonly answered: boolean;
}

export function callRecord(fields: Fields): CallRecord {
  return {
    createdBy: text(fields, 'createdBy'),
    expiresAt: time(fields, 'expiresAt'),
    seats: whole(fields, 'seats', 2, 16),
    open: typed(fields, 'open', (value) => typeof value === 'boolean'),
  };
}

/** All of a seat but its sealed card. */
export function seatRecord(number: number, fields: Fields): Omit<Seat, 'card'> {
  return {
    number,
    uid: text(fields, 'uid'),
    session: text(fields, 'session'),
    since: time(fields, 'since'),
    lease: time(fields, 'lease'),
  };
}

/** All of a link but its sealed descriptions. */
export function linkRecord(
  path: LinkPath,
  fields: Fields,
): Omit<LinkRecord, 'offer' | 'pranswer' | 'answer' | 'answered'> {
  return {
    seat: path.seat,
    id: path.id,
    from: text(fields, 'from'),
    fromSeat: whole(fields, 'fromSeat', 0, 15),
    revision: whole(fields, 'revision', 1, MOST_COUNTED),
  };
}

export function sealedField(fields: Fields, key: string): Uint8Array {
  return typed(fields, key, (value) => value instanceof Uint8Array);
}

export function whole(fields: Fields, key: string, least: number, most: number): number {
  return typed(fields, key, (value): value is number => isWholeIn(value, least, most));
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
