/** The root of this site's own part of the disk (File System, section 4). Rejects where the browser gives none. */
export async function privateFiles(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory();
}

/** How much more this site may store (Storage, section 7), in bytes; 0 where the browser does not say. Never rejects. */
export async function freeSpace(): Promise<number> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return Math.max(0, quota - usage);
  } catch {
    return 0;
  }
}
