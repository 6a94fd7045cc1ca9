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
import { PRESENCE_LEASE, type LobbyDocuments } from './lobby-documents';
import { SHARDS, type EntryRecord } from './lobby-records';
import { PeopleError, type Availability, type PeopleReason } from './people';

/** What being visible takes of a lobby. */
export type Register = Pick<LobbyDocuments, 'uid' | 'now' | 'card' | 'entries' | 'appear' | 'leave'>;

/** What being visible takes. */
export interface PresenceWish {
  /** Null while there is none: what was told before stays so. */
  readonly name$: Observable<string | null>;
  readonly availability$: Observable<Availability>;
  /** Whether somebody is at it: the page can be seen, or there is a call. Nothing is renewed meanwhile otherwise. */
  readonly active$: Observable<boolean>;
  /** Emits when the way to Firestore may be back. */
  readonly back$: Observable<unknown>;
  /** Asked at the end: false where another page of the same person goes on with the entry. */
  readonly leaves?: () => boolean;
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
      /** Whoever was told to be there is until the lease runs out. */
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
    catchError((error: unknown) => of<PresenceState>({ status: 'failed', reason: reasonOf(error) })),
    distinctUntilChanged((a, b) => a.status === b.status && a.status !== 'failed' && b.status !== 'failed'),
  );

/** What an entry says. */
interface Told {
  readonly card: Uint8Array;
  readonly availability: Availability;
}

/** The own entry in a lobby: written one thing after the other, for of two commits under way the first may come last. */
class OwnEntry {
  /** When its lease runs out, ms by the server's clock; 0 before it was written. */
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

  /** Is there for another while, unless something else is to be written by the time it is its turn. */
  write(told: Told): Promise<void> {
    this.wanted = told;
    const before = this.last ?? Promise.resolve();
    const writing = before
      .catch(() => undefined)
      .then(() => (this.wanted === told ? this.commit(told) : undefined));
    const settled = writing
      .catch(() => undefined)
      .then(() => {
        if (this.last === settled) this.last = null;
      });
    this.last = settled;
    return writing;
  }

  leave(): void {
    this.wanted = null;
    const say = () => this.documents.leave(this.shard).catch(() => undefined);
    void say();
    // What is on its way may come after it; a page that goes has no turn for that.
    if (this.last) void this.last.then(say);
  }

  private async commit(told: Told): Promise<void> {
    const { card, availability } = told;
    const [sweep = null] = this.gone;
    // Nothing is known of it until there is an answer.
    this.said = null;
    try {
      await this.documents.appear(this.shard, card, availability, sweep);
    } catch (error) {
      // Whoever was to be swept may be back.
      if (sweep === null || !isForbidden(error)) throw error;
      await this.documents.appear(this.shard, card, availability, null);
    } finally {
      if (sweep !== null) this.gone.delete(sweep);
    }
    this.said = told;
    this.until = this.documents.now() + PRESENCE_LEASE;
  }
}

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
  const known: readonly unknown[] = ['offline', 'configuration', ...SIGN_IN_REASONS] satisfies PeopleReason[];
  return name === 'ConnectError' && known.includes(reason) ? (reason as PeopleReason) : 'unavailable';
}

/** Those whose lease has run out a while ago: clocks differ. */
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
      catchError((error: unknown, again$) =>
        isOffline(error)
          ? race(timer(AGAIN), back$.pipe(take(1))).pipe(switchMap(() => again$))
          : throwError(() => error),
      ),
    );
