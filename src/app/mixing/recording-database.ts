import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { noted } from '../log/note';
import { databaseExists } from '../storage/databases';

const NAME = 'parley-recordings';
/** The version of the schema below. A change needs a new version and another step in `upgrade`. */
const VERSION = 1;
/** Timeout for opening, in ms: some browsers never respond when storage is broken. */
const PATIENCE_MS = 4_000;

/** A stored recording is being recorded (or was cut off), is complete and seekable, or was already given to the person. */
export type RecordingPhase = 'recording' | 'finished' | 'saved';

/** The metadata of a stored recording. It doesn't reveal who was in the call. */
export interface RecordingEntry {
  readonly id: string;
  /** Start of the recording, in ms since the epoch. */
  readonly since: number;
  /** MIME type with codecs (RFC 6381). */
  readonly type: string;
  readonly phase: RecordingPhase;
}

/** `raw`: what the recorder emitted, in order. `file`: the seekable file made from it. */
export type PartRole = 'raw' | 'file';

interface Schema extends DBSchema {
  /** Entries are validated when they are read. */
  recordings: { key: string; value: unknown };
  parts: { key: [id: string, role: PartRole, index: number]; value: Blob | ArrayBuffer };
}

/**
 * Recordings on this device, in IndexedDB (W3C Indexed Database API 3.0). Each part is a separate record, committed before
 * the next one is written, so that a crash loses nothing that was stored. Files written with
 * `FileSystemFileHandle.createWritable` would not work: they appear only once they are closed.
 */
export class RecordingDatabase {
  private opened: Promise<IDBPDatabase<Schema>> | null = null;

  /** Whether this browser has the database already. */
  static exists(): Promise<boolean> {
    return databaseExists(NAME);
  }

  /** All stored recordings, oldest first. Rejects where storage is blocked or broken. */
  async entries(): Promise<readonly RecordingEntry[]> {
    const all = await (await this.open()).getAll('recordings');
    return all
      .map(readEntry)
      .filter((entry) => entry !== null)
      .sort((a, b) => a.since - b.since);
  }

  async entry(id: string): Promise<RecordingEntry | null> {
    return readEntry(await (await this.open()).get('recordings', id));
  }

  /** Adds a recording, or replaces its metadata. */
  async set(entry: RecordingEntry): Promise<void> {
    await (await this.open()).put('recordings', entry);
  }

  /**
   * Stores a part; resolves once it is on disk. Rejects with a `QuotaExceededError` when there is no space.
   *
   * @param index position of the part among those of its role, from 0
   */
  async setPart(id: string, role: PartRole, index: number, part: Blob): Promise<void> {
    try {
      await this.put(id, role, index, part);
    } catch (error) {
      if ((error as DOMException).name === 'QuotaExceededError') throw error;
      // Private windows of some browsers can store bytes but no blobs.
      await this.put(id, role, index, await part.arrayBuffer());
    }
  }

  /** One part. Rejects when it doesn't exist. */
  async part(id: string, role: PartRole, index: number): Promise<Blob> {
    const part = await (await this.open()).get('parts', [id, role, index]);
    if (part === undefined) throw new DOMException('No such part.', 'NotFoundError');
    return asBlob(part);
  }

  /** All parts of a role as one blob; reading the blob reads them from disk. */
  async whole(id: string, role: PartRole, type: string): Promise<Blob> {
    const parts = await (await this.open()).getAll('parts', partsOf(id, role));
    return new Blob(parts, { type: type.split(';', 1)[0] ?? '' });
  }

  /** Deletes what an earlier, incomplete run left of the seekable file. */
  async clearFile(id: string): Promise<void> {
    await (await this.open()).delete('parts', partsOf(id, 'file'));
  }

  /** The seekable file is complete: deletes its source in the same transaction. */
  async finish(entry: RecordingEntry): Promise<void> {
    const transaction = (await this.open()).transaction(['recordings', 'parts'], 'readwrite');
    await Promise.all([
      transaction.objectStore('recordings').put({ ...entry, phase: 'finished' } satisfies RecordingEntry),
      transaction.objectStore('parts').delete(partsOf(entry.id, 'raw')),
      transaction.done,
    ]);
  }

  async remove(id: string): Promise<void> {
    const transaction = (await this.open()).transaction(['recordings', 'parts'], 'readwrite');
    await Promise.all([
      transaction.objectStore('recordings').delete(id),
      transaction.objectStore('parts').delete(partsOf(id, 'raw')),
      transaction.objectStore('parts').delete(partsOf(id, 'file')),
      transaction.done,
    ]);
  }

  /** Closes the connection; the next call opens a new one. */
  close(): void {
    const opened = this.opened;
    this.opened = null;
    opened?.then((database) => database.close(), noted('mixing', 'open-database'));
  }

  private async put(id: string, role: PartRole, index: number, value: Blob | ArrayBuffer): Promise<void> {
    // `strict`: when the transaction completes, the data is on disk, and not only on its way there.
    const transaction = (await this.open()).transaction('parts', 'readwrite', { durability: 'strict' });
    const written = transaction.store.put(value, [id, role, index]);
    // The transaction reports why it was aborted; the request only reports that it was.
    written.catch(noted('mixing', 'write-recording'));
    await transaction.done;
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.opened ??= this.attempt().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async attempt(): Promise<IDBPDatabase<Schema>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const opening = openDB<Schema>(NAME, VERSION, {
      upgrade: (database, from) => {
        if (from >= 1) return;
        database.createObjectStore('recordings', { keyPath: 'id' });
        database.createObjectStore('parts');
      },
      blocking: () => this.close(),
      terminated: () => this.close(),
    });
    try {
      return await Promise.race([
        opening,
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new DOMException('No answer.', 'TimeoutError')), PATIENCE_MS);
        }),
      ]);
    } catch (error) {
      // Close a connection that arrives late.
      opening.then((database) => database.close(), noted('mixing', 'open-database'));
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

const partsOf = (id: string, role: PartRole): IDBKeyRange =>
  IDBKeyRange.bound([id, role, 0], [id, role, Infinity]);

const asBlob = (part: Blob | ArrayBuffer): Blob => (part instanceof Blob ? part : new Blob([part]));

const phases: readonly unknown[] = ['recording', 'finished', 'saved'] satisfies RecordingPhase[];

function readEntry(value: unknown): RecordingEntry | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, since, type, phase } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof type !== 'string') return null;
  if (typeof since !== 'number' || !Number.isFinite(since) || !phases.includes(phase)) return null;
  return { id, since, type, phase: phase as RecordingPhase };
}
