import { isTime } from '../values/bounds';
import { cleanPersonName } from '../text/person-name';
import type { Favourite, PastRing } from './acquaintances';

/** Maximum number of rings kept; the oldest are removed first. */
export const MOST_RINGS = 200;

/** A stored ring; `seen` matters for missed rings only. */
export interface KeptRing extends PastRing {
  readonly seen: boolean;
}

/** Everything this device stores about people. */
export interface Kept {
  /** Sorted by name. */
  readonly favourites: readonly Favourite[];
  /** Sorted by name. */
  readonly blocked: readonly Favourite[];
  /** Latest first, at most 200. */
  readonly history: readonly KeptRing[];
}

/** A change of what is stored, as a pure function, so that it works on memory and database alike. */
export type Change = (kept: Kept) => Kept;

export const nothingKept: Kept = { favourites: [], blocked: [], history: [] };

const outcomes: Readonly<Record<PastRing['outcome'], true>> = {
  answered: true,
  missed: true,
  declined: true,
  noAnswer: true,
  busy: true,
  cancelled: true,
  failed: true,
};
const isOutcome = (value: unknown): value is PastRing['outcome'] =>
  typeof value === 'string' && Object.hasOwn(outcomes, value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads a stored person; null if malformed. */
export function readPerson(value: unknown): Favourite | null {
  if (!isRecord(value)) return null;
  const { lobby, uid, name } = value;
  return isText(lobby) && isText(uid) && typeof name === 'string'
    ? { lobby, uid, name: cleanPersonName(name) }
    : null;
}

/** Reads a stored ring; null if malformed. */
export function readRing(value: unknown): KeptRing | null {
  const person = readPerson(value);
  if (!person || !isRecord(value)) return null;
  const { id, direction, outcome, at, duration, seen } = value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (direction !== 'in' && direction !== 'out') return null;
  if (!isOutcome(outcome) || !isTime(at) || typeof seen !== 'boolean') return null;
  if (duration !== null && !isTime(duration)) return null;
  return { id, ...person, direction, outcome, at, duration, seen };
}

export const isSame = (one: Favourite, other: Pick<Favourite, 'lobby' | 'uid'>): boolean =>
  one.lobby === other.lobby && one.uid === other.uid;

/** Sorts the lists the same way wherever they are read, and truncates the history. */
export const ordered = ({ favourites, blocked, history }: Kept): Kept => ({
  favourites: favourites.toSorted(byName),
  blocked: blocked.toSorted(byName),
  history: history.toSorted((one, other) => other.at - one.at || other.id - one.id).slice(0, MOST_RINGS),
});

const byName = (one: Favourite, other: Favourite): number =>
  one.name.localeCompare(other.name) ||
  one.uid.localeCompare(other.uid) ||
  one.lobby.localeCompare(other.lobby);

/** Adds a person to a list under their current name, or removes them. */
export const listed =
  (list: 'favourites' | 'blocked', { lobby, uid, name }: Favourite, on: boolean): Change =>
  (kept) => {
    const others = kept[list].filter((one) => !isSame(one, { lobby, uid }));
    return ordered({ ...kept, [list]: on ? [...others, { lobby, uid, name }] : others });
  };

/** Finds the same ring, in case another tab of this device has already added it. */
export const sameRing = (ring: Omit<PastRing, 'id'>, { history }: Kept): KeptRing | undefined =>
  history.find((one) => isSame(one, ring) && one.direction === ring.direction && one.at === ring.at);

/** Adds a ring, unless another tab already has. */
export const added =
  (ring: KeptRing): Change =>
  (kept) =>
    sameRing(ring, kept) ? kept : ordered({ ...kept, history: [...kept.history, ring] });

/** @param duration in ms */
export const ended =
  (id: number, duration: number): Change =>
  (kept) => ({
    ...kept,
    history: kept.history.map((ring) => (ring.id === id ? { ...ring, duration } : ring)),
  });

/** Marks the rings with these ids as seen. */
export const seen =
  (ids: ReadonlySet<number>): Change =>
  (kept) => ({
    ...kept,
    history: kept.history.map((ring) => (ids.has(ring.id) && !ring.seen ? { ...ring, seen: true } : ring)),
  });

/** What is kept about one lobby. */
export const about = (lobby: string, kept: Kept): Kept => only(kept, (one) => one.lobby === lobby);

/** Deletes everything about one lobby. */
export const forgotten =
  (lobby: string): Change =>
  (kept) =>
    only(kept, (one) => one.lobby !== lobby);

/** Puts back what was deleted. Newer entries about the same person or ring win. */
export const restored =
  ({ favourites, blocked, history }: Kept): Change =>
  (kept) => {
    const missing = (list: readonly Favourite[], people: readonly Favourite[]) =>
      people.filter((person) => !list.some((one) => isSame(one, person)));
    return ordered({
      favourites: [...kept.favourites, ...missing(kept.favourites, favourites)],
      blocked: [...kept.blocked, ...missing(kept.blocked, blocked)],
      history: [...kept.history, ...history.filter((ring) => !sameRing(ring, kept))],
    });
  };

const only = (
  { favourites, blocked, history }: Kept,
  stays: (one: { readonly lobby: string }) => boolean,
): Kept => ({
  favourites: favourites.filter(stays),
  blocked: blocked.filter(stays),
  history: history.filter(stays),
});

/** Clears the history; favourites and blocked people stay. */
export const cleared: Change = (kept) => ({ ...kept, history: [] });
