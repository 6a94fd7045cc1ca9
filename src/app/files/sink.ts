import { noted } from '../log/note';

/** Destination of a file's bytes as they arrive. */
export interface Sink {
  /** Takes the next bytes; resolves when there is room for more, and the bytes may be reused then. Rejects when the disk fails. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Everything has arrived and is valid. Resolves to the file if it has yet to be saved, or to null where it is already in place. */
  finish(): Promise<Blob | null>;
  /** Deletes everything written so far. */
  discard(): Promise<void>;
}

/** Writes directly to a file that the person chose; the file appears there once it is finished. */
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

/** Writes to the browser's own disk space (Origin Private File System); the file is saved from there. */
export async function privateSink(
  directory: FileSystemDirectoryHandle,
  name: string,
  media: string,
): Promise<Sink> {
  const handle = await directory.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  const remove = () => directory.removeEntry(name).catch(noted('files', 'remove-file'));
  return {
    write: (bytes) => writable.write(bytes),
    finish: async () => {
      await writable.close();
      const file = await handle.getFile();
      return media === '' ? file : file.slice(0, file.size, media);
    },
    discard: async () => {
      await writable.abort().catch(noted('files', 'abort-file'));
      await remove();
    },
  };
}

/** Writes to memory, block by block into blobs, which most browsers store outside the page's memory. */
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

/** Deletes a chosen file whose transfer failed, where the browser supports that, so that no empty file remains. */
async function removeFile(handle: FileSystemFileHandle & { remove?: () => Promise<void> }): Promise<void> {
  await handle.remove?.().catch(noted('files', 'remove-file'));
}
