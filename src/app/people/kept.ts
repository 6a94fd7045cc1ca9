import { LAST_TIME } from '../rtc/bounds';
import { cleanPersonName } from '../text/person-name';
import type { Favourite, PastRing } from './acquaintances';

/** So many rings are remembered; the oldest go first. */
export const MOST_RINGS = 200;

/** A ring as it is kept: whether it was looked at matters to those missed. */
export interface KeptRing extends PastRing {
  readonly seen: boolean;
}

/** All that this device keeps of people. */
export interface Kept {
  /** By name. */
  readonly favourites: readonly Favourite[];
  /** By name. */
  readonly blocked: readonly Favourite[];
  /** The latest first, at most 200. */
  readonly history: readonly KeptRing[];
}

/** What becomes of what is kept: without effects, so that it serves memory and database alike. */
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
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= LAST_TIME;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What was read, as a person; null when it is none. */
export function readPerson(value: unknown): Favourite | null {
  if (!isRecord(value)) return null;
  const { lobby, uid, name } = value;
  return isText(lobby) && isText(uid) && typeof name === 'string'
    ? { lobby, uid, name: cleanPersonName(name) }
    : null;
}

/** What was read, as a ring; null when it is none. */
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

/** The same order wherever it is read. */
export const ordered = ({ favourites, blocked, history }: Kept): Kept => ({
  favourites: favourites.toSorted(byName),
  blocked: blocked.toSorted(byName),
  history: history.toSorted((one, other) => other.at - one.at || other.id - one.id).slice(0, MOST_RINGS),
});

const byName = (one: Favourite, other: Favourite): number =>
  one.name.localeCompare(other.name) ||
  one.uid.localeCompare(other.uid) ||
  one.lobby.localeCompare(other.lobby);

/** Puts somebody on a list under the name of now, or takes them off it. */
export const listed =
  (list: 'favourites' | 'blocked', { lobby, uid, name }: Favourite, on: boolean): Change =>
  (kept) => {
    const others = kept[list].filter((one) => !isSame(one, { lobby, uid }));
    return ordered({ ...kept, [list]: on ? [...others, { lobby, uid, name }] : others });
  };

/** The same ring as another tab of this device may have noted it. */
export const sameRing = (ring: Omit<PastRing, 'id'>, { history }: Kept): KeptRing | undefined =>
  history.find((one) => isSame(one, ring) && one.direction === ring.direction && one.at === ring.at);

/** Notes a ring, unless another tab has. */
export const added =
  (ring: KeptRing): Change =>
  (kept) =>
    sameRing(ring, kept) ? kept : ordered({ ...kept, history: [...kept.history, ring] });

/** @param duration ms */
export const ended =
  (id: number, duration: number): Change =>
  (kept) => ({
    ...kept,
    history: kept.history.map((ring) => (ring.id === id ? { ...ring, duration } : ring)),
  });

/** Those of these ids are not news any more. */
export const seen =
  (ids: ReadonlySet<number>): Change =>
  (kept) => ({
    ...kept,
    history: kept.history.map((ring) => (ids.has(ring.id) && !ring.seen ? { ...ring, seen: true } : ring)),
  });

/** Forgets the rings; favourites and those blocked stay. */
export const cleared: Change = (kept) => ({ ...kept, history: [] });
