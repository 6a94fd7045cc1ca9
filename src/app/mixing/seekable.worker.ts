/// Makes a recording seekable, beside the page so that the call does not wait for it.
import { FileParts, type PartStore } from './file-parts';
import { RecordingDatabase } from './recording-database';
import type { SeekableAnswer, SeekableTask } from './make-seekable';
import { writeSeekable } from './seekable-file';

const answer = (message: SeekableAnswer) => postMessage(message);

/** Stores parts as blobs, in memory or wherever the browser puts them. */
const inMemory = () => {
  const parts: Blob[] = [];
  const store: PartStore = {
    set: (index, part) => {
      parts[index] = part;
      return Promise.resolve();
    },
    get: (index) => Promise.resolve(parts[index]!),
  };
  return { store, file: (type: string) => new Blob(parts, { type }) };
};

const write = (raw: Blob, parts: FileParts) =>
  writeSeekable(
    raw,
    (position, bytes) => parts.write(position, bytes),
    (share) => answer({ kind: 'progress', share }),
  );

/** Makes the seekable file from a stored recording, and stores it too. */
async function fromDisk(id: string): Promise<Blob> {
  const database = new RecordingDatabase();
  try {
    const entry = await database.entry(id);
    if (!entry) throw new DOMException('No such recording.', 'NotFoundError');
    await database.clearFile(id);
    try {
      const raw = await database.whole(id, 'raw', entry.type);
      await write(
        raw,
        new FileParts({
          set: (index, part) => database.setPart(id, 'file', index, part),
          get: (index) => database.part(id, 'file', index),
        }),
      );
    } catch (error) {
      await database.clearFile(id);
      throw error;
    }
    await database.finish(entry);
    return await database.whole(id, 'file', entry.type);
  } finally {
    database.close();
  }
}

async function fromMemory(raw: Blob): Promise<Blob> {
  const { store, file } = inMemory();
  await write(raw, new FileParts(store));
  return file(raw.type);
}

addEventListener('message', ({ data }: MessageEvent<SeekableTask>) => {
  const made = data.kind === 'stored' ? fromDisk(data.id) : fromMemory(data.raw);
  made.then(
    (file) => answer({ kind: 'done', file }),
    // eslint-disable-next-line parley/noted-errors -- The page has the debug log, and notes that the worker failed.
    () => answer({ kind: 'failed' }),
  );
});
