import {
  catchError,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  filter,
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

import { DocumentsError, isForbidden, isOffline } from '../firebase/documents';
import { SIGN_IN_REASONS } from '../firebase/sign-in-reason';
import { noteError, noted } from '../log/note';
import { PRESENCE_LEASE, type LobbyDocuments } from './lobby-documents';
import { SHARDS, type EntryRecord } from './lobby-records';
import { PeopleError, type Availability, type PeopleReason } from './people';

/** What `presence$` needs of a lobby. */
export type Register = Pick<LobbyDocuments, 'uid' | 'now' | 'card' | 'entries' | 'appear' | 'leave'>;

/** Inputs of `presence$`. */
export interface PresenceWish {
  /** Null while there is none: what was published before stays. */
  readonly name$: Observable<string | null>;
  readonly availability$: Observable<Availability>;
  /** Whether the page is in use: it can be seen, or there is a call. Otherwise nothing is renewed. */
  readonly active$: Observable<boolean>;
  /** Emits when the connection to Firestore may be back. */
  readonly back$: Observable<unknown>;
  /** Called on teardown: false if another page of the same person takes over the entry. */
  readonly leaves?: () => boolean;
}

export type PresenceState =
  { readonly status: 'appearing' | 'visible' } | { readonly status: 'failed'; readonly reason: PeopleReason };

/** Maximum number of entries in a document; the rules allow twice as many, for people who arrive at the same moment. */
const PEOPLE_A_SHARD = 100;
/** How long before it expires an entry is renewed, in ms. */
const EARLY = 45_000;
/** Random spread of the renewals, in ms, so that two pages don't renew at the same moment. */
const JITTER = 10_000;
/** Retry delay after a failed write, in ms. */
const AGAIN = 5_000;

/**
 * Keeps an entry in a lobby while subscribed. Its lease is renewed while the page is in use, and the entry is removed on
 * teardown. Ends with `failed` if that isn't possible.
 */
export const presence$ = (
  documents: Register,
  { name$, availability$, active$, back$, leaves = () => true }: PresenceWish,
): Observable<PresenceState> =>
  defer(() => documents.entries()).pipe(
    retryingOffline(back$),
    switchMap((entries) => {
      const shard = shardFor(documents.uid, entries, documents.now());
      if (shard === null) return throwError(() => new PeopleError('full'));
      const entry = new OwnEntry(documents, shard, expired(entries, shard, documents));
      const writing = (told: Told): Observable<PresenceState> =>
        defer(() => entry.write(told)).pipe(
          map((): PresenceState => ({ status: 'visible' })),
          catchError((error: unknown) =>
            isOffline(error)
              ? concat(
                  of<PresenceState>({ status: entry.until > documents.now() ? 'visible' : 'appearing' }),
                  race(timer(AGAIN), back$.pipe(take(1))).pipe(switchMap(() => writing(told))),
                )
              : throwError(() => error),
          ),
        );
      const renewed = (told: Told): Observable<PresenceState> =>
        timer(Math.max(0, entry.until - documents.now() - EARLY - Math.random() * JITTER)).pipe(
          switchMap(() => keptUp(told)),
        );
      const keptUp = (told: Told): Observable<PresenceState> =>
        concat(
          writing(told),
          defer(() => renewed(told)),
        );
      /** An entry that was published counts until its lease expires. */
      const fading = (): Observable<PresenceState> =>
        timer(Math.max(0, entry.until - documents.now())).pipe(
          map((): PresenceState => ({ status: 'appearing' })),
        );
      const card$ = name$.pipe(
        filter((name) => name !== null),
        distinctUntilChanged(),
        switchMap((name) => documents.card(name)),
      );
      return combineLatest([card$, availability$.pipe(distinctUntilChanged()), active$]).pipe(
        switchMap(([card, availability, active]) => {
          const told: Told = { card, availability };
          if (entry.says(told)) return active ? renewed(told) : fading();
          return active
            ? keptUp(told)
            : concat(
                writing(told),
                defer(() => fading()),
              );
        }),
        finalize(() => leaves() && entry.leave()),
      );
    }),
    catchError((error: unknown) => {
      noteError('people', 'presence', error);
      return of<PresenceState>({ status: 'failed', reason: reasonOf(error) });
    }),
    distinctUntilChanged((a, b) => a.status === b.status && a.status !== 'failed' && b.status !== 'failed'),
  );

/** Content of an entry. */
interface Told {
  readonly card: Uint8Array;
  readonly availability: Availability;
}

/** This user's entry in a lobby. Writes are serialized, because the first of two commits in flight may arrive last. */
class OwnEntry {
  /** When its lease expires, in ms, server time; 0 before the first write. */
  until = 0;
  private said: Told | null = null;
  private wanted: Told | null = null;
  private last: Promise<void> | null = null;
  private readonly gone: Set<string>;

  constructor(
    private readonly documents: Register,
    private readonly shard: number,
    gone: readonly string[],
  ) {
    this.gone = new Set(gone);
  }

  /** Whether this is what was written last. */
  says({ card, availability }: Told): boolean {
    return this.said?.card === card && this.said.availability === availability;
  }

  /** Writes or renews the entry, unless a newer write has been requested by the time it is its turn. */
  write(told: Told): Promise<void> {
    this.wanted = told;
    const before = this.last ?? Promise.resolve();
    const writing = before
      // eslint-disable-next-line parley/noted-errors -- The caller of that write has it.
      .catch(() => undefined)
      .then(() => (this.wanted === told ? this.commit(told) : undefined));
    const settled = writing
      // eslint-disable-next-line parley/noted-errors -- The caller gets the same rejection.
      .catch(() => undefined)
      .then(() => {
        if (this.last === settled) this.last = null;
      });
    this.last = settled;
    return writing;
  }

  leave(): void {
    this.wanted = null;
    const say = () => this.documents.leave(this.shard).catch(noted('people', 'leave'));
    void say();
    // A write in flight may arrive after the removal, so the removal is repeated; a closing page has no time for that.
    if (this.last) void this.last.then(say);
  }

  private async commit(told: Told): Promise<void> {
    const { card, availability } = told;
    const [sweep = null] = this.gone;
    // The entry's state is unknown until the write is acknowledged.
    this.said = null;
    try {
      await this.documents.appear(this.shard, card, availability, sweep);
    } catch (error) {
      // The person to be swept may be back.
      if (sweep === null || !isForbidden(error)) throw error;
      await this.documents.appear(this.shard, card, availability, null);
    } finally {
      if (sweep !== null) this.gone.delete(sweep);
    }
    this.said = told;
    this.until = this.documents.now() + PRESENCE_LEASE;
  }
}

/** The document for a person's entry: the one that already holds it, otherwise the first with room; null if all are full. */
export function shardFor(uid: string, entries: readonly EntryRecord[], now: number): number | null {
  const own = entries.find((entry) => entry.uid === uid);
  if (own) return own.shard;
  for (let shard = 0; shard < SHARDS; shard++) {
    const there = entries.filter((entry) => entry.shard === shard && entry.lease > now);
    if (there.length < PEOPLE_A_SHARD) return shard;
  }
  return null;
}

/** The reason to show people for a failure. */
export function reasonOf(error: unknown): PeopleReason {
  if (error instanceof PeopleError) return error.reason;
  if (error instanceof DocumentsError) return error.reason === 'conflict' ? 'unavailable' : error.reason;
  const { name, reason } = (error ?? {}) as { name?: unknown; reason?: unknown };
  const known: readonly unknown[] = ['offline', 'configuration', ...SIGN_IN_REASONS] satisfies PeopleReason[];
  return name === 'ConnectError' && known.includes(reason) ? (reason as PeopleReason) : 'unavailable';
}

/** Uids whose lease expired some time ago, because clocks differ. */
function expired(entries: readonly EntryRecord[], shard: number, documents: Register): readonly string[] {
  return entries
    .filter((entry) => entry.shard === shard && entry.lease < documents.now() - AGAIN)
    .map(({ uid }) => uid)
    .filter((uid) => uid !== documents.uid);
}

const retryingOffline =
  (back$: Observable<unknown>) =>
  <T>(source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown, again$) => {
        if (!isOffline(error)) return throwError(() => error);
        noteError('people', 'entries', error);
        return race(timer(AGAIN), back$.pipe(take(1))).pipe(switchMap(() => again$));
      }),
    );
