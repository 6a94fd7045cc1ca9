import type { GivenFile } from '../../../files/outgoing';

/** Maximum number of files to look for: not that many can be offered at once. */
const MOST = 1_000;

/** The files of dropped files and folders, with their paths (File and Directory Entries API, section 7). */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly GivenFile[]> {
  const found: GivenFile[] = [];
  const look = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (found.length >= MOST) return;
    if (entry.isDirectory) {
      const within = await entriesOf(entry as FileSystemDirectoryEntry);
      for (const one of within) await look(one, path ? `${path}/${entry.name}` : entry.name);
    } else {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      found.push({ file, path });
    }
  };
  for (const entry of entries) await look(entry, '');
  return found;
}

/** Browsers return the entries in batches; the last one is empty. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0 || all.length >= MOST) return all;
    all.push(...batch);
  }
}
