import { noteError } from '../log/note';
import { wallTime } from '../loading/clock';
import { deleteCache, existingCache } from '../storage/caches';

/** Cache in which the worker puts files that another app shares with the installed one; public/worker.js names it too. */
export const SHARED_CACHE = 'parley-shared';
/** Header in which the worker puts the file's name, encoded as part of a URL. */
export const SHARED_NAME = 'X-File-Name';
/** How long a shared file is kept without being sent, in ms. */
const KEPT = 24 * 60 * 60 * 1000;

/** Files that another app shared with the installed one, stored on this device until they can be offered in a call. */
export const sharedFiles = {
  async count(): Promise<number> {
    return (await keys()).length;
  },

  async read(): Promise<readonly File[]> {
    const cache = await existingCache(SHARED_CACHE);
    const files = (await keys()).map(async (request) => {
      const response = await cache?.match(request);
      const name = decodeURIComponent(response?.headers.get(SHARED_NAME) ?? '');
      const blob = await response?.blob();
      return blob ? [new File([blob], name || 'file', { type: blob.type })] : [];
    });
    return (await Promise.all(files)).flat();
  },

  async clear(): Promise<void> {
    await deleteCache(SHARED_CACHE);
  },
};

async function keys(): Promise<readonly Request[]> {
  try {
    const cache = await existingCache(SHARED_CACHE);
    if (!cache) return [];
    const all = await cache.keys();
    const fresh = all.filter(({ url }) => wallTime() - timeOf(url) < KEPT);
    if (fresh.length === 0) await deleteCache(SHARED_CACHE);
    return fresh;
  } catch (error) {
    // Storage is broken.
    noteError('files', 'shared-files', error);
    return [];
  }
}

/** The last part of the URL begins with the time of sharing, in ms since the epoch. */
const timeOf = (url: string) => parseInt(new URL(url).pathname.split('/').at(-1) ?? '', 10) || 0;
