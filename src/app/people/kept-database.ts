import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';

import { within } from '../firebase/within';
import { ordered, readPerson, readRing, type Change, type Kept } from './kept';

/**
 * Version of the schema below. A change of the schema needs a new version and one more step in `upgrade`. Earlier steps stay as
 * they are, for devices that return after a long time. An older app can't open a database that a newer app has made
 * (`VersionError`): it works in memory until it is updated.
 */
const VERSION = 1;

/** Time limit for opening the database, and for each transaction, in ms: some browsers never respond if storage is broken. */
const PATIENCE = 4_000;

/** Values that are read are `unknown` until they are checked. */
interface Schema extends DBSchema {
  favourites: { key: [lobby: string, uid: string]; value: unknown };
  blocked: { key: [lobby: string, uid: string]; value: unknown };
  history: { key: number; value: unknown };
}
type Stores = StoreNames<Schema>[];
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, Stores, Mode>;

const stores: Stores = ['favourites', 'blocked', 'history'];

/** Upgrades from any version on the device to the present one, in one transaction that is applied as a whole or not at all. */
function upgrade(database: IDBPDatabase<Schema>, from: number): void {
  if (from < 1) {
    database.createObjectStore('favourites', { keyPath: ['lobby', 'uid'] });
    database.createObjectStore('blocked', { keyPath: ['lobby', 'uid'] });
    database.createObjectStore('history', { keyPath: 'id' });
  }
}

/**
 * The stored people and rings, in IndexedDB (W3C Indexed Database API 3.0). Opens on the first access, and again after the
 * browser has closed it: for a newer version of the app in another tab, or because the person cleared the site's data.
 */
export class KeptDatabase {
  private opened: Promise<IDBPDatabase<Schema>> | null = null;
  private over = false;

  constructor(private readonly name: string) {}

  /** Rejects if storage is blocked or broken. Leaves out malformed records. */
  read(): Promise<Kept> {
    return this.within('readonly', read);
  }

  /**
   * Applies all the changes to what is stored, or none; resolves to the result. Rejects if storage is blocked, broken or full.
   */
  change(changes: readonly Change[]): Promise<Kept> {
    return this.within('readwrite', async (transaction) => {
      const before = await read(transaction);
      const after = changes.reduce((kept, change) => change(kept), before);
      await write(transaction, before, after);
      return after;
    });
  }

  close(): void {
    this.over = true;
    this.forget();
  }

  private async within<Mode extends 'readonly' | 'readwrite', Result>(
    mode: Mode,
    act: (transaction: Transaction<Mode>) => Promise<Result>,
  ): Promise<Result> {
    const database = await this.open();
    try {
      const transaction = database.transaction(stores, mode);
      const done = transaction.done;
      // eslint-disable-next-line parley/noted-errors -- An abort also rejects the requests.
      done.catch(() => undefined);
      try {
        const acted = act(transaction).then(async (result) => {
          await done;
          return result;
        });
        return await within(acted, PATIENCE, late);
      } catch (error) {
        abort(transaction);
        throw error;
      }
    } catch (error) {
      // A connection that the browser has lost fails every time: the next attempt opens a new one.
      this.forget();
      throw error;
    }
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    if (this.over) return Promise.reject(new DOMException('closed', 'InvalidStateError'));
    this.opened ??= this.attempt();
    return this.opened;
  }

  private async attempt(): Promise<IDBPDatabase<Schema>> {
    const opening = this.request();
    try {
      return await within(opening, PATIENCE, late);
    } catch (error) {
      this.opened = null;
      // Close a database that opens after the time limit.
      opening.then(
        (database) => database.close(),
        // eslint-disable-next-line parley/noted-errors -- Nothing to close; the error has been thrown.
        () => undefined,
      );
      throw error;
    }
  }

  /** `openDB` throws if the browser has no `indexedDB` or denies access to it; here that becomes a rejection. */
  private async request(): Promise<IDBPDatabase<Schema>> {
    const database = await openDB<Schema>(this.name, VERSION, {
      upgrade,
      blocking: () => this.forget(),
      terminated: () => this.forget(),
    });
    if (this.over) database.close();
    return database;
  }

  private forget(): void {
    const opened = this.opened;
    this.opened = null;
    opened?.then(
      (database) => database.close(),
      // eslint-disable-next-line parley/noted-errors -- Nothing to close; `attempt` has thrown the error.
      () => undefined,
    );
  }
}

const late = () => new DOMException('no answer', 'TimeoutError');

/** Rolls the transaction back. */
function abort(transaction: Transaction<'readonly' | 'readwrite'>): void {
  try {
    transaction.abort();
    // eslint-disable-next-line parley/noted-errors -- It has already ended.
  } catch {
    // Nothing is left to roll back.
  }
}

async function read(transaction: Transaction<'readonly' | 'readwrite'>): Promise<Kept> {
  const [favourites, blocked, history] = await Promise.all(
    stores.map((name) => transaction.objectStore(name).getAll()),
  );
  return ordered({
    favourites: (favourites ?? []).map(readPerson).filter((person) => person !== null),
    blocked: (blocked ?? []).map(readPerson).filter((person) => person !== null),
    history: (history ?? []).map(readRing).filter((ring) => ring !== null),
  });
}

/** Writes the differences, and deletes records that were removed or could never be read. */
async function write(transaction: Transaction<'readwrite'>, before: Kept, after: Kept): Promise<void> {
  for (const list of ['favourites', 'blocked'] as const) {
    const store = transaction.objectStore(list);
    const wanted = new Set(after[list].map(({ lobby, uid }) => JSON.stringify([lobby, uid])));
    const present = await store.getAllKeys();
    const had = new Set(before[list]);
    await Promise.all([
      ...present.filter((key) => !wanted.has(JSON.stringify(key))).map((key) => store.delete(key)),
      ...after[list].filter((person) => !had.has(person)).map((person) => store.put(person)),
    ]);
  }
  const store = transaction.objectStore('history');
  const wanted = new Set(after.history.map(({ id }) => id));
  const present = await store.getAllKeys();
  const had = new Set(before.history);
  await Promise.all([
    ...present.filter((key) => !wanted.has(key)).map((key) => store.delete(key)),
    ...after.history.filter((ring) => !had.has(ring)).map((ring) => store.put(ring)),
  ]);
}
