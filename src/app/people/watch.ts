import {
  catchError,
  concat,
  debounce,
  defer,
  distinctUntilChanged,
  EMPTY,
  from,
  map,
  Observable,
  of,
  race,
  startWith,
  switchMap,
  take,
  takeWhile,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { noteError, noted } from '../log/note';
import { untilLeases } from '../signaling/lease';
import { LOBBY_LIFETIME, type LobbyDocuments } from './lobby-documents';
import type { EntryRecord } from './lobby-records';
import type { LobbyState, Person } from './people';
import { reasonOf } from './presence';

/**
 * Maximum number of people to follow with a listener, which reports each change at once. It costs every watcher a read at each
 * renewal of any entry.
 */
export const MOST_FOLLOWED = 12;
/** The listener is used again when this few are left, so that the mode doesn't change all the time. */
const FEW_AGAIN = 10;
/**
 * In larger lobbies each look costs one read. The interval grows by this many ms per person, so that the total rate stays the
 * same.
 */
const LOOK_EACH = 1_200;
const LONGEST = 120_000;
/** How long a hidden page keeps watching, in ms: looking away for a moment costs nothing. */
const HIDDEN = 30_000;
/** Remaining lifetime below which a lobby is extended, in ms: a third of its time is over. */
const EXTEND = (LOBBY_LIFETIME * 2) / 3;
/** Retry delay, in ms. */
const AGAIN = 5_000;

/** Interval between looks at this many people, in ms. */
export const lookEvery = (people: number): number => Math.min(LONGEST, people * LOOK_EACH);

/** What `lobbyWatch$` needs of a lobby. */
export type LookedAt = Pick<
  LobbyDocuments,
  'uid' | 'now' | 'lobby' | 'extend' | 'entries' | 'entries$' | 'nameOf'
>;

/** Inputs of `lobbyWatch$`. */
export interface Watching {
  /** Whether the list can be seen. */
  readonly seen$: Observable<boolean>;
  /** Emits when the person wants to look now. */
  readonly look$: Observable<unknown>;
}

/** State of a lobby while subscribed. docs/cost.md lists what it costs. Never errors. */
export const lobbyWatch$ = (documents: LookedAt, watching: Watching): Observable<LobbyState> => {
  const { look$ } = watching;
  const open$: Observable<LobbyState> = defer(() => documents.lobby()).pipe(
    switchMap((lobby) => {
      if (!lobby) {
        return look$.pipe(
          take(1),
          switchMap(() => open$),
          startWith<LobbyState>({ phase: 'absent' }),
        );
      }
      if (lobby.expiresAt - documents.now() < EXTEND) documents.extend().catch(noted('people', 'extend'));
      return people$(documents, watching);
    }),
  );
  const once$: Observable<LobbyState> = open$.pipe(
    catchError((error: unknown) => {
      noteError('people', 'circle', error);
      const reason = reasonOf(error);
      const failed = of<LobbyState>({ phase: 'failed', reason });
      const again$ = reason === 'offline' ? race(timer(AGAIN), look$) : look$;
      return concat(
        failed,
        again$.pipe(
          take(1),
          switchMap(() => once$),
        ),
      );
    }),
  );
  return once$.pipe(startWith<LobbyState>({ phase: 'opening' }));
};

/** Result of one look. */
interface Sight {
  readonly entries: readonly EntryRecord[];
  /** How old it may get, in ms. */
  readonly age: number;
  readonly live: boolean;
}

function people$(documents: LookedAt, { seen$, look$ }: Watching): Observable<LobbyState> {
  let latest: readonly EntryRecord[] = [];
  const count = (entries: readonly EntryRecord[]) =>
    entries.filter(({ lease }) => lease > documents.now()).length;
  const keep = tap((entries: readonly EntryRecord[]) => (latest = entries));
  const followed$: Observable<Sight> = documents.entries$.pipe(
    keep,
    map((entries) => ({ entries, age: ageFor(count(entries)), live: true })),
    takeWhile(({ age }) => age === 0, true),
  );
  /** Looks repeatedly, until few people are left. */
  const lookedAt = (every: number): Observable<Sight> =>
    race(timer(every), look$).pipe(
      take(1),
      switchMap(() => documents.entries()),
      keep,
      switchMap((entries) => {
        const people = count(entries);
        const sight$ = of<Sight>({ entries, age: lookEvery(people), live: true });
        return people <= FEW_AGAIN ? sight$ : concat(sight$, lookedAt(lookEvery(people)));
      }),
    );
  const rounds$: Observable<Sight> = concat(
    followed$,
    defer(() => lookedAt(lookEvery(count(latest)))),
    defer(() => rounds$),
  );
  const sights$: Observable<Sight> = rounds$.pipe(
    catchError((error: unknown): Observable<Sight> => {
      if (reasonOf(error) !== 'offline') return throwError(() => error);
      noteError('people', 'look', error);
      return concat(
        of<Sight>({ entries: latest, age: 0, live: false }),
        race(timer(AGAIN), look$).pipe(
          take(1),
          switchMap(() => sights$),
        ),
      );
    }),
  );
  const shown$ = sights$.pipe(
    switchMap(({ entries, age, live }) =>
      untilLeases(entries, () => documents.now()).pipe(
        switchMap((held) => from(peopleIn(held, documents))),
        map((people): LobbyState => ({ phase: 'open', people, age, live })),
      ),
    ),
  );
  return seen$.pipe(
    distinctUntilChanged(),
    debounce((seen) => timer(seen ? 0 : HIDDEN)),
    distinctUntilChanged(),
    switchMap((seen) => (seen ? shown$ : EMPTY)),
  );
}

/** How old a list of this many people gets before the next look, in ms; 0 with a listener. */
const ageFor = (people: number): number => (people <= MOST_FOLLOWED ? 0 : lookEvery(people));

/**
 * All other people with a valid lease, sorted by name. A person with entries in two documents appears once, with the later
 * lease.
 */
async function peopleIn(entries: readonly EntryRecord[], documents: LookedAt): Promise<readonly Person[]> {
  const latest = new Map<string, EntryRecord>();
  for (const entry of entries) {
    const other = latest.get(entry.uid);
    const isThere = entry.lease > documents.now() && entry.uid !== documents.uid;
    if (isThere && (!other || other.lease < entry.lease)) latest.set(entry.uid, entry);
  }
  const people = await Promise.all(
    [...latest.values()].map(async (entry): Promise<Person> => {
      const name = await documents.nameOf(entry);
      return { uid: entry.uid, name, availability: entry.availability };
    }),
  );
  return people.sort((a, b) => a.name.localeCompare(b.name) || (a.uid < b.uid ? -1 : 1));
}
