import {
  catchError,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  finalize,
  map,
  Observable,
  of,
  race,
  switchMap,
  take,
  throwError,
  timer,
} from 'rxjs';

import { DocumentsError } from '../firebase/documents';
import { LobbyDocuments, PRESENCE_LEASE } from './lobby-documents';
import { SHARDS, type EntryRecord } from './lobby-records';
import { PeopleError, type Availability, type PeopleReason } from './people';

/** What being visible takes. */
export interface PresenceWish {
  readonly name: string;
  readonly availability$: Observable<Availability>;
  /** Whether somebody is at it: the page can be seen, or there is a call. Nothing is renewed meanwhile otherwise. */
  readonly active$: Observable<boolean>;
  /** Emits when the way to Firestore may be back. */
  readonly back$: Observable<unknown>;
}

export type PresenceState =
  { readonly status: 'appearing' | 'visible' } | { readonly status: 'failed'; readonly reason: PeopleReason };

/** Entries in one document; the rules allow twice as many, for those who come at the same moment. */
const PEOPLE_A_SHARD = 100;
/** An entry is renewed this long before it runs out, ms. */
const EARLY = 45_000;
/** Two don't renew at the same moment, ms. */
const JITTER = 10_000;
/** After a write that did not get through, ms. */
const AGAIN = 5_000;

/**
 * Is visible in a lobby while subscribed: an entry with a lease, renewed while somebody is at it, and removed at the end. Ends
 * with `failed` when it can't be.
 */
export const presence$ = (
  documents: LobbyDocuments,
  { name, availability$, active$, back$ }: PresenceWish,
): Observable<PresenceState> =>
  defer(async () => {
    const [card, entries] = await Promise.all([documents.card(name), documents.entries()]);
    return { card, shard: shardFor(documents.uid, entries, documents.now()), entries };
  }).pipe(
    retryingOffline(back$),
    switchMap(({ card, shard, entries }) => {
      if (shard === null) return throwError(() => new PeopleError('full'));
      const gone = new Set(expired(entries, shard, documents));
      let until = 0;
      const write = async (availability: Availability): Promise<void> => {
        const [sweep = null] = gone;
        try {
          await documents.appear(shard, card, availability, sweep);
        } catch (error) {
          // Whoever was to be swept may be back.
          if (sweep === null || !isForbidden(error)) throw error;
          await documents.appear(shard, card, availability, null);
        } finally {
          if (sweep !== null) gone.delete(sweep);
        }
        until = documents.now() + PRESENCE_LEASE;
      };
      const writing = (availability: Availability): Observable<PresenceState> =>
        defer(() => write(availability)).pipe(
          map((): PresenceState => ({ status: 'visible' })),
          catchError((error: unknown) =>
            isOffline(error)
              ? concat(
                  of<PresenceState>({ status: until > documents.now() ? 'visible' : 'appearing' }),
                  race(timer(AGAIN), back$.pipe(take(1))).pipe(switchMap(() => writing(availability))),
                )
              : throwError(() => error),
          ),
        );
      const renewed = (availability: Availability): Observable<PresenceState> =>
        timer(Math.max(0, until - documents.now() - EARLY - Math.random() * JITTER)).pipe(
          switchMap(() => keptUp(availability)),
        );
      const keptUp = (availability: Availability): Observable<PresenceState> =>
        concat(
          writing(availability),
          defer(() => renewed(availability)),
        );
      let told: Availability | null = null;
      return combineLatest([availability$.pipe(distinctUntilChanged()), active$]).pipe(
        switchMap(([availability, active]) => {
          const changed = availability !== told;
          told = availability;
          if (changed) return active ? keptUp(availability) : writing(availability);
          if (active) return renewed(availability);
          // Whoever was told to be there is until the lease runs out.
          return timer(Math.max(0, until - documents.now())).pipe(
            map((): PresenceState => ({ status: 'appearing' })),
          );
        }),
        // Nothing that is on its way may come after it.
        finalize(() => void documents.leave(shard).catch(() => undefined)),
      );
    }),
    catchError((error: unknown) => of<PresenceState>({ status: 'failed', reason: reasonOf(error) })),
    distinctUntilChanged((a, b) => a.status === b.status && a.status !== 'failed' && b.status !== 'failed'),
  );

/** Where somebody's entry goes: where it stands already, else the first document with room; null when there is none. */
export function shardFor(uid: string, entries: readonly EntryRecord[], now: number): number | null {
  const own = entries.find((entry) => entry.uid === uid);
  if (own) return own.shard;
  for (let shard = 0; shard < SHARDS; shard++) {
    const there = entries.filter((entry) => entry.shard === shard && entry.lease > now);
    if (there.length < PEOPLE_A_SHARD) return shard;
  }
  return null;
}

/** Why something came to nothing, as people are told. */
export function reasonOf(error: unknown): PeopleReason {
  if (error instanceof PeopleError) return error.reason;
  if (error instanceof DocumentsError) return error.reason === 'conflict' ? 'unavailable' : error.reason;
  const { name, reason } = (error ?? {}) as { name?: unknown; reason?: unknown };
  const known: readonly unknown[] = ['offline', 'configuration', 'sign-in'] satisfies PeopleReason[];
  return name === 'ConnectError' && known.includes(reason) ? (reason as PeopleReason) : 'unavailable';
}

/** Those whose lease has run out a while ago: clocks differ. */
function expired(
  entries: readonly EntryRecord[],
  shard: number,
  documents: LobbyDocuments,
): readonly string[] {
  return entries
    .filter((entry) => entry.shard === shard && entry.lease < documents.now() - AGAIN)
    .map(({ uid }) => uid)
    .filter((uid) => uid !== documents.uid);
}

const isOffline = (error: unknown) => error instanceof DocumentsError && error.reason === 'offline';
const isForbidden = (error: unknown) => error instanceof DocumentsError && error.reason === 'forbidden';

const retryingOffline =
  (back$: Observable<unknown>) =>
  <T>(source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown, again$) =>
        isOffline(error)
          ? race(timer(AGAIN), back$.pipe(take(1))).pipe(switchMap(() => again$))
          : throwError(() => error),
      ),
    );
