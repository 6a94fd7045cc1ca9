import { noteError, noted } from '../log/note';
import { randomId } from '../values/base32';
import { MEMORY_LIMIT } from '../files/file-limits';
import { makeSeekable, type Progress } from './make-seekable';
import { RecordingDatabase, type RecordingEntry } from './recording-database';

/** How long a recording stays stored after it was handed to the browser as a download, in ms: the download reads from it. */
const AFTER_SAVING_MS = 60_000;

const lockOf = (id: string) => `parley/recordings/${id}`;

/** A recording as a file for the person. */
export interface RecordedFile {
  readonly file: Blob;
  readonly name: string;
  /** The file has a duration and can be seeked. False when it could not be made so, for lack of space for example. */
  readonly seekable: boolean;
}

/** A recording that is stored while it is made. */
export interface KeptRecording {
  /** Takes the next recorded data; resolves once it is stored. Rejects when the space runs out. */
  append(chunk: Blob): Promise<void>;
  /** The whole recording as a file; null when nothing was recorded. Nothing may be appended afterwards. */
  finish(progress: Progress): Promise<RecordedFile | null>;
  /** The person has the file: it need not be stored any longer. */
  saved(): Promise<void>;
  /** Leaves the recording for the next visit. */
  release(): void;
  /** Deletes the recording. */
  discard(): Promise<void>;
}

/** A recording of an earlier visit that the person never received. */
export interface InterruptedRecording {
  readonly id: string;
  /** Start of the recording, in ms since the epoch. */
  readonly since: number;
}

const database = new RecordingDatabase();

/**
 * Begins to store a recording: on disk, where it survives a crash of the browser, or in memory (up to `MEMORY_LIMIT`) where
 * this browser has no such storage.
 *
 * @param type MIME type with codecs (RFC 6381)
 * @param since in ms since the epoch
 */
export async function keepRecording(type: string, since: number): Promise<KeptRecording> {
  const entry: RecordingEntry = { id: randomId(), since, type, phase: 'recording' };
  let release: (() => void) | null = null;
  try {
    release = await holdRecording(entry.id);
    if (!release) throw new DOMException('The lock is taken.', 'InvalidStateError');
    await database.set(entry);
    return new StoredRecording(entry, release);
  } catch (error) {
    noteError('mixing', 'kept-recordings', error);
    release?.();
    return new RecordingInMemory(entry);
  }
}

/** Size below which a recording holds nothing to play, in bytes. Chromium's first chunk is a single byte. */
const LEAST_SIZE = 8;

/**
 * Recordings that no open page is using: their page was reloaded, closed or crashed. Oldest first. Deletes recordings that
 * the person has already saved, and empty ones. Empty where storage is blocked.
 */
export async function interruptedRecordings(): Promise<readonly InterruptedRecording[]> {
  try {
    if (!(await RecordingDatabase.exists())) return [];
    const [entries, { held = [] }] = [await database.entries(), await navigator.locks.query()];
    const locks = new Set(held.map(({ name }) => name));
    const found: InterruptedRecording[] = [];
    for (const entry of entries.filter(({ id }) => !locks.has(lockOf(id)))) {
      if (entry.phase === 'saved' || (await sizeOf(entry)) < LEAST_SIZE) await database.remove(entry.id);
      else found.push({ id: entry.id, since: entry.since });
    }
    return found;
  } catch (error) {
    noteError('mixing', 'kept-recordings', error);
    return [];
  }
}

/** Takes over an interrupted recording; null when it no longer exists, or another page uses it. */
export async function resumeRecording(id: string): Promise<KeptRecording | null> {
  const release = await holdRecording(id);
  if (!release) return null;
  try {
    const entry = await database.entry(id);
    if (entry && entry.phase !== 'saved') return new StoredRecording(entry, release);
    release();
    return null;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Takes the lock that tells other pages that a recording is in use (W3C Web Locks API). The browser releases it when the
 * page ends, however it ends. Null when another page holds it.
 */
function holdRecording(id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockOf(id), { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

const sizeOf = async ({ id, type, phase }: RecordingEntry): Promise<number> =>
  (await database.whole(id, phase === 'finished' ? 'file' : 'raw', type)).size;

class StoredRecording implements KeptRecording {
  private parts = 0;

  constructor(
    private readonly entry: RecordingEntry,
    readonly release: () => void,
  ) {}

  async append(chunk: Blob): Promise<void> {
    if (chunk.size > 0) await database.setPart(this.entry.id, 'raw', this.parts++, chunk);
  }

  async finish(progress: Progress): Promise<RecordedFile | null> {
    const { id, type } = this.entry;
    const now = await database.entry(id);
    if (now?.phase === 'finished') return fileOf(this.entry, await database.whole(id, 'file', type), true);
    const raw = await database.whole(id, 'raw', type);
    if (raw.size === 0) return null;
    const file = await makeSeekable({ kind: 'stored', id }, progress);
    return fileOf(this.entry, file ?? raw, file !== null);
  }

  async saved(): Promise<void> {
    await database.set({ ...this.entry, phase: 'saved' });
    setTimeout(() => void this.discard().catch(noted('mixing', 'discard-recording')), AFTER_SAVING_MS);
  }

  async discard(): Promise<void> {
    try {
      await database.remove(this.entry.id);
    } finally {
      this.release();
    }
  }
}

class RecordingInMemory implements KeptRecording {
  private chunks: Blob[] = [];
  private size = 0;

  constructor(private readonly entry: RecordingEntry) {}

  append(chunk: Blob): Promise<void> {
    if (this.size + chunk.size > MEMORY_LIMIT)
      return Promise.reject(new DOMException('Too large.', 'QuotaExceededError'));
    this.size += chunk.size;
    this.chunks.push(chunk);
    return Promise.resolve();
  }

  async finish(progress: Progress): Promise<RecordedFile | null> {
    if (this.size === 0) return null;
    const raw = new Blob(this.chunks, { type: this.entry.type.split(';', 1)[0] ?? '' });
    const file = await makeSeekable({ kind: 'memory', raw }, progress);
    return fileOf(this.entry, file ?? raw, file !== null);
  }

  saved(): Promise<void> {
    return this.discard();
  }

  release(): void {
    this.chunks = [];
  }

  discard(): Promise<void> {
    this.chunks = [];
    return Promise.resolve();
  }
}

const fileOf = ({ since, type }: RecordingEntry, file: Blob, seekable: boolean): RecordedFile => ({
  file,
  name: nameOf(new Date(since), type),
  seekable,
});

function nameOf(time: Date, type: string): string {
  const at = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
  const stamp = at.slice(0, 16).replace('T', ' ').replace(':', '.');
  return `Parley ${stamp}.${type.startsWith('video/mp4') ? 'mp4' : 'webm'}`;
}
