/** Where a file's bytes go as they arrive. */
export interface Sink {
  /** Takes the next bytes; resolves when there is room for more. The bytes may be reused then. Rejects when the disk does. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All is there and as it should be. Resolves to the file if it has yet to be saved, to null where it lies already. */
  finish(): Promise<Blob | null>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Straight to a file that the person chose; it appears there when it is finished. */
export async function fileSink(handle: FileSystemFileHandle): Promise<Sink> {
  const writable = await handle.createWritable();
  return {
    write: (bytes) => writable.write(bytes),
    finish: async () => {
      await writable.close();
      return null;
    },
    discard: async () => {
      await writable.abort();
      await removeFile(handle);
    },
  };
}

/** To the browser's own disk space (Origin Private File System), to be saved from there. */
export async function privateSink(
  directory: FileSystemDirectoryHandle,
  name: string,
  media: string,
): Promise<Sink> {
  const handle = await directory.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  const remove = () => directory.removeEntry(name).catch(() => undefined);
  return {
    write: (bytes) => writable.write(bytes),
    finish: async () => {
      await writable.close();
      const file = await handle.getFile();
      return media === '' ? file : file.slice(0, file.size, media);
    },
    discard: async () => {
      await writable.abort().catch(() => undefined);
      await remove();
    },
  };
}

/** To memory, block by block in blobs, which most browsers keep out of the page's own. */
export function memorySink(media: string): Sink {
  let parts: Blob[] = [];
  return {
    write: (bytes) => {
      parts.push(new Blob([bytes]));
      return Promise.resolve();
    },
    finish: () => Promise.resolve(new Blob(parts, { type: media })),
    discard: () => {
      parts = [];
      return Promise.resolve();
    },
  };
}

/** A chosen file that came to nothing is not left lying there empty, where the browser can remove it. */
async function removeFile(handle: FileSystemFileHandle & { remove?: () => Promise<void> }): Promise<void> {
  await handle.remove?.().catch(() => undefined);
}
