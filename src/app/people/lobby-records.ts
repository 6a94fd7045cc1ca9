import type { Fields, FieldValue } from '../firebase/documents';
import { isWholeIn, MOST_COUNTED } from '../values/bounds';
import { isDate } from '../signaling/records';
import type { Availability } from './people';

/** A lobby's document. */
export interface LobbyRecord {
  /** In ms since the epoch, server time. */
  readonly expiresAt: number;
}

/** A person's entry in a lobby, its card still sealed. */
export interface EntryRecord {
  readonly uid: string;
  /** Number of the document that holds the entry. */
  readonly shard: number;
  /** When the entry expires, in ms since the epoch, server time. */
  readonly lease: number;
  readonly availability: Availability;
  readonly card: Uint8Array;
}

export type RingState = 'ringing' | 'accepted' | 'declined' | 'busy' | 'cancelled' | 'expired';

/** A ring's document, its payloads still sealed. */
export interface RingRecord {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly revision: number;
  readonly state: RingState;
  /** In ms since the epoch, server time. */
  readonly createdAt: number;
  readonly offer: Uint8Array;
  readonly reply: Uint8Array | null;
  /** Session of the page that answered. */
  readonly answeredBy: string | null;
}

/** Number of documents that hold a lobby's entries. */
export const SHARDS = 16;

const AVAILABILITIES: readonly unknown[] = ['available', 'busy', 'dnd'] satisfies Availability[];
const STATES: readonly unknown[] = [
  'ringing',
  'accepted',
  'declined',
  'busy',
  'cancelled',
  'expired',
] satisfies RingState[];

/** Null if the document is malformed. */
export function lobbyRecord(fields: Fields): LobbyRecord | null {
  const { expiresAt } = fields;
  return isDate(expiresAt) ? { expiresAt: expiresAt.getTime() } : null;
}

/** The entries in one document; malformed ones are left out. */
export function entriesIn(id: string, fields: Fields): readonly EntryRecord[] {
  const shard = Number(id);
  if (!/^\d{1,2}$/.test(id) || String(shard) !== id || shard >= SHARDS) return [];
  return Object.entries(mapIn(fields['people'])).flatMap(([uid, value]) => {
    const { lease, state, card } = mapIn(value);
    return isDate(lease) && AVAILABILITIES.includes(state) && card instanceof Uint8Array
      ? [{ uid, shard, lease: lease.getTime(), availability: state as Availability, card }]
      : [];
  });
}

/** Null if the document is malformed. */
export function ringRecord(id: string, fields: Fields): RingRecord | null {
  const { from, to, revision, state, createdAt, offer, reply, answeredBy } = fields;
  const valid =
    typeof from === 'string' &&
    typeof to === 'string' &&
    id === ringId(from, to) &&
    isWholeIn(revision, 1, MOST_COUNTED) &&
    STATES.includes(state) &&
    isDate(createdAt) &&
    offer instanceof Uint8Array &&
    (reply === null || reply instanceof Uint8Array) &&
    (answeredBy === null || typeof answeredBy === 'string');
  return valid
    ? {
        id,
        from,
        to,
        revision,
        state: state as RingState,
        createdAt: createdAt.getTime(),
        offer,
        reply,
        answeredBy,
      }
    : null;
}

/** Each pair of people has one document, whichever of them rings. */
export const ringId = (one: string, other: string): string => [one, other].sort().join('_');

function mapIn(value: FieldValue | undefined): Fields {
  const isMap =
    typeof value === 'object' && value !== null && !(value instanceof Date || value instanceof Uint8Array);
  return isMap ? value : {};
}
