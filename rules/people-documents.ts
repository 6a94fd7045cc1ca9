import { deleteField } from 'firebase/firestore';

import { ahead, HOUR, merge, MINUTE, requestTime, sealed, SECOND, type Fields, type Write } from './fixture';

// The documents of a lobby as an honest client writes them; those of a call are in fixture.ts.

export const DAY = 24 * HOUR;

export const lobbyBy = (uid: string, patch: Fields = {}): Fields => ({
  createdBy: uid,
  createdAt: requestTime(),
  expiresAt: ahead(89 * DAY),
  ...patch,
});

export const entry = (patch: Fields = {}): Fields => ({
  lease: ahead(5 * MINUTE),
  state: 'available',
  card: sealed(40),
  ...patch,
});

/** The entry of a person whose lease expired a minute ago. */
export const lapsedEntry = (patch: Fields = {}): Fields => entry({ lease: ahead(-MINUTE), ...patch });

export const shardOf = (people: Fields, patch: Fields = {}): Fields => ({
  people,
  swept: '',
  expiresAt: ahead(23.5 * HOUR),
  ...patch,
});

const shardMask = ['swept', 'expiresAt'];
/** The mask for replacing or removing entries: the field path of the entry, not of its fields. */
const maskOf = (...uids: readonly string[]): readonly string[] => [
  ...uids.map((uid) => `people.${uid}`),
  ...shardMask,
];

/** Appears, or renews: writes only the person's own entry, and sweeps another if `swept` names one. */
export const appear = (
  path: string,
  uid: string,
  { own = entry(), swept = '', patch = {} }: { own?: Fields; swept?: string; patch?: Fields } = {},
): Write =>
  swept === ''
    ? merge(path, shardOf({ [uid]: own }, patch), maskOf(uid))
    : merge(path, shardOf({ [uid]: own, [swept]: deleteField() }, { swept, ...patch }), maskOf(uid, swept));

/** Removes entries. An honest client removes only its own or, with `swept`, one whose lease has expired. */
export const leave = (path: string, uids: readonly string[], patch: Fields = {}): Write =>
  merge(path, shardOf(Object.fromEntries(uids.map((uid) => [uid, deleteField()])), patch), maskOf(...uids));

/** How long a call rings, in ms. */
export const RINGING = 45 * SECOND;

export const ringFrom = (from: string, to: string, patch: Fields = {}): Fields => ({
  from,
  to,
  shard: 0,
  revision: 1,
  state: 'ringing',
  createdAt: requestTime(),
  offer: sealed(40),
  reply: null,
  answeredBy: null,
  expiresAt: ahead(50 * MINUTE),
  ...patch,
});
