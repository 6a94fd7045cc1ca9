import { noteError } from '../log/note';

/** The root of this site's private file system (File System, section 4). Rejects where the browser provides none. */
export async function privateFiles(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory();
}

/** How much more this site may store, in bytes (Storage, section 7); 0 where the browser doesn't say. Never rejects. */
export async function freeSpace(): Promise<number> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return Math.max(0, quota - usage);
  } catch (error) {
    noteError('storage', 'estimate', error);
    return 0;
  }
}
