import { noteError } from '../log/note';
import { randomId } from '../values/base32';
import { freeSpace, privateFiles } from '../storage/private-files';
import { MEMORY_LIMIT } from './file-limits';
import { numbered } from './file-name';
import { fileSink, memorySink, privateSink, type Sink } from './sink';
import type { FileFacts, Place } from './transfer';

/** From this size on, in bytes, the person is asked where to put a file before it arrives, so that it is written once, not twice. */
export const ASK_FROM = 2 * 1024 * 1024 * 1024;
/** Space left for everything else that the browser stores, in bytes. */
const SPARE = 64 * 1024 * 1024;

const FOLDER = 'parley-files';
const lockOf = (name: string) => `parley/files/${name}`;

/** File System Access (WICG, sections 3.2 and 3.3); TypeScript's DOM library lacks these. */
interface Pickers {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: { id: string; mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}
interface Entries {
  keys(): AsyncIterable<string>;
}

/** Where files can be put. */
export interface Places {
  /**
   * Where a file of this size would go.
   *
   * @param size in bytes
   */
  placeFor(size: number): Place;
  /** Opens the place for a file. For `chosen` it asks the person, which requires a press. Resolves to null when the person cancels. */
  open(file: FileFacts, place: Place): Promise<Sink | null>;
  /** Whether several files can go into one folder that the person chooses. */
  readonly canChooseFolder: boolean;
  /** Asks for a folder; null when the person cancels. */
  chooseFolder(): Promise<FileSystemDirectoryHandle | null>;
  /** Leaves this page's space for the next page to sweep: files that are being saved are still read from it. */
  close(): void;
}

/** Where files can be put on this device. */
export class FilePlaces implements Places {
  private constructor(
    private readonly pickers: Pickers,
    /** This page's own part of the browser's disk space; null when there is none to write to. */
    private readonly own: FileSystemDirectoryHandle | null,
    /** Free space there, in bytes. */
    private readonly room: number,
    private readonly release: () => void,
  ) {}

  /** Finds out what the browser can do, and deletes what pages left that are no longer open. */
  static async look(window: Window & Pickers = globalThis.window): Promise<FilePlaces> {
    let release: () => void = () => undefined;
    try {
      if (!('createWritable' in FileSystemFileHandle.prototype))
        throw new TypeError('Nothing can be written.');
      const root = await privateFiles();
      const folder = await root.getDirectoryHandle(FOLDER, { create: true });
      await sweep(folder);
      const name = randomId();
      await new Promise<void>((held) => {
        void navigator.locks.request(lockOf(name), () => {
          held();
          return new Promise<void>((done) => (release = done));
        });
      });
      const own = await folder.getDirectoryHandle(name, { create: true });
      return new FilePlaces(window, own, Math.max(0, (await freeSpace()) - SPARE), release);
    } catch (error) {
      // Private windows and older browsers lack this space.
      noteError('files', 'private-file', error);
      release();
      return new FilePlaces(window, null, 0, () => undefined);
    }
  }

  placeFor(size: number): Place {
    if (size >= ASK_FROM && this.pickers.showSaveFilePicker) return 'chosen';
    if (this.own && size <= this.room) return 'private';
    if (size <= MEMORY_LIMIT) return 'memory';
    return this.pickers.showSaveFilePicker ? 'chosen' : 'none';
  }

  async open({ name, media }: FileFacts, place: Place): Promise<Sink | null> {
    switch (place) {
      case 'none':
        return null;
      case 'memory':
        return memorySink(media);
      case 'private':
        return this.own ? privateSink(this.own, randomId(), media) : memorySink(media);
      case 'chosen':
        return chosen(() => this.pickers.showSaveFilePicker!({ suggestedName: name })).then(
          (handle) => handle && fileSink(handle),
        );
    }
  }

  get canChooseFolder(): boolean {
    return this.pickers.showDirectoryPicker !== undefined;
  }

  chooseFolder(): Promise<FileSystemDirectoryHandle | null> {
    return chosen(() => this.pickers.showDirectoryPicker!({ id: 'parley', mode: 'readwrite' }));
  }

  close(): void {
    this.release();
  }
}

/** A file in a chosen folder, in the subfolders of its path. Never overwrites an existing file. */
export async function sinkIn(folder: FileSystemDirectoryHandle, { name, path }: FileFacts): Promise<Sink> {
  let directory = folder;
  for (const part of path) directory = await directory.getDirectoryHandle(part, { create: true });
  const free = await freeName(directory, name);
  return fileSink(await directory.getFileHandle(free, { create: true }));
}

async function freeName(directory: FileSystemDirectoryHandle, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : numbered(name, number);
    try {
      await directory.getFileHandle(candidate);
    } catch (error) {
      const { name: kind } = error as DOMException;
      if (kind === 'NotFoundError') return candidate;
      // A folder has that name, so it is taken too.
      if (kind !== 'TypeMismatchError') throw error;
    }
  }
}

async function chosen<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return null;
    throw error;
  }
}

async function sweep(folder: FileSystemDirectoryHandle): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const locks = new Set(held.map(({ name }) => name));
  const left: string[] = [];
  for await (const name of (folder as unknown as Entries).keys()) {
    if (!locks.has(lockOf(name))) left.push(name);
  }
  await Promise.allSettled(left.map((name) => folder.removeEntry(name, { recursive: true })));
}
