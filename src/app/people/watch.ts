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

import { untilLeases } from '../signaling/lease';
import { LOBBY_LIFETIME, type LobbyDocuments } from './lobby-documents';
import type { EntryRecord } from './lobby-records';
import type { LobbyState, Person } from './people';
import { reasonOf } from './presence';

/** So many are followed, each change told at once: a listener costs a read for everyone at each renewal of anyone. */
export const MOST_FOLLOWED = 12;
/** Followed again when so few are left, so that it does not change all the time. */
const FEW_AGAIN = 10;
/** Where there are more, a look costs one read and is taken this often for each of them, ms: together always the same. */
const LOOK_EACH = 1_200;
const LONGEST = 120_000;
/** A page that is hidden goes on for so long, ms: whoever looks away for a moment costs nothing. */
const HIDDEN = 30_000;
/** A lobby is made to last again when a third of its time is over, ms. */
const EXTEND = (LOBBY_LIFETIME * 2) / 3;
/** What did not get through is tried again after this long, ms. */
const AGAIN = 5_000;

/** How often to look at so many, ms. */
export const lookEvery = (people: number): number => Math.min(LONGEST, people * LOOK_EACH);

/** What looking takes of a lobby. */
export type LookedAt = Pick<
  LobbyDocuments,
  'uid' | 'now' | 'lobby' | 'extend' | 'entries' | 'entries$' | 'nameOf'
>;

/** What watching takes. */
export interface Watching {
  /** Whether the list can be seen. */
  readonly seen$: Observable<boolean>;
  /** Emits when somebody wants to look now. */
  readonly look$: Observable<unknown>;
}

/** A lobby as it is looked at, while subscribed. Costs what docs/cost.md says. Never errors. */
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
      if (lobby.expiresAt - documents.now() < EXTEND) documents.extend().catch(() => undefined);
      return people$(documents, watching);
    }),
  );
  const once$: Observable<LobbyState> = open$.pipe(
    catchError((error: unknown) => {
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

/** What one look saw. */
interface Sight {
  readonly entries: readonly EntryRecord[];
  /** How long it may be taken for what is, ms. */
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
  /** Looks again and again, until there are few. */
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

/** How old what is shown of so many who are followed gets until the next look, ms. */
const ageFor = (people: number): number => (people <= MOST_FOLLOWED ? 0 : lookEvery(people));

/** All others who are there, by name; somebody who stands in two documents once, as they were last. */
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
