import {
  catchError,
  concat,
  debounce,
  defer,
  distinctUntilChanged,
  EMPTY,
  from,
  map,
  merge,
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
import { LOBBY_LIFETIME, LobbyDocuments } from './lobby-documents';
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

/** What watching takes. */
export interface Watching {
  /** Whether the list can be seen. */
  readonly seen$: Observable<boolean>;
  /** Emits when somebody wants to look now. */
  readonly look$: Observable<unknown>;
  /** Is given all entries there were at each look, whatever became of them. */
  readonly found?: (entries: readonly EntryRecord[]) => void;
}

/** A lobby as it is looked at, while subscribed. Costs what docs/cost.md says. Never errors. */
export const lobbyWatch$ = (
  documents: LobbyDocuments,
  { seen$, look$, found = () => undefined }: Watching,
): Observable<LobbyState> => {
  const open$ = defer(() => documents.lobby()).pipe(
    switchMap((lobby) => {
      if (!lobby) return of<LobbyState>({ phase: 'absent' });
      if (lobby.expiresAt - documents.now() < EXTEND) documents.extend().catch(() => undefined);
      return people$(documents, { seen$, look$, found });
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

function people$(
  documents: LobbyDocuments,
  { seen$, look$, found }: Required<Watching>,
): Observable<LobbyState> {
  let latest: readonly EntryRecord[] = [];
  const isThere = ({ lease }: EntryRecord) => lease > documents.now();
  const count = () => latest.filter(isThere).length;
  const keep = tap((entries: readonly EntryRecord[]) => found((latest = entries)));
  const shown = (ageOf: () => number, live: boolean) =>
    switchMap((entries: readonly EntryRecord[]) =>
      untilLeases(entries, () => documents.now()).pipe(
        switchMap((held) => from(peopleIn(held, documents))),
        map((people): LobbyState => ({ phase: 'open', people, age: ageOf(), live })),
      ),
    );
  const followed = (): Observable<LobbyState> =>
    documents.entries$.pipe(
      keep,
      takeWhile(() => count() <= MOST_FOLLOWED, true),
      shown(() => 0, true),
    );
  const lookedAt = (): Observable<LobbyState> =>
    defer(() => merge(of(latest), again(lookEvery(count()))).pipe(shown(() => lookEvery(count()), true)));
  /** Looks again and again, until there are few. */
  const again = (age: number): Observable<readonly EntryRecord[]> =>
    race(timer(age), look$).pipe(
      take(1),
      switchMap(() => documents.entries()),
      keep,
      switchMap((entries) =>
        count() <= FEW_AGAIN ? of(entries) : concat(of(entries), again(lookEvery(count()))),
      ),
    );
  const rounds = (): Observable<LobbyState> =>
    concat(
      followed(),
      defer(() => lookedAt()),
      defer(() => rounds()),
    );
  const live$: Observable<LobbyState> = defer(() => rounds()).pipe(
    catchError((error: unknown): Observable<LobbyState> => {
      if (reasonOf(error) !== 'offline') return throwError(() => error);
      const lost$ = of(latest).pipe(shown(() => 0, false));
      return merge(
        lost$.pipe(take(1)),
        race(timer(AGAIN), look$).pipe(
          take(1),
          switchMap(() => live$),
        ),
      );
    }),
  );
  return seen$.pipe(
    distinctUntilChanged(),
    debounce((seen) => timer(seen ? 0 : HIDDEN)),
    distinctUntilChanged(),
    switchMap((seen) => (seen ? live$ : EMPTY)),
  );
}

/** All others who are there, by name; somebody who stands in two documents once, as they were last. */
async function peopleIn(
  entries: readonly EntryRecord[],
  documents: LobbyDocuments,
): Promise<readonly Person[]> {
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
