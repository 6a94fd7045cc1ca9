import { noteError } from '../log/note';

/**
 * An existing cache (Service Workers, section 5.5), or null when it is missing or the browser blocks storage. Never
 * creates one.
 */
export async function existingCache(name: string): Promise<Cache | null> {
  try {
    return (await caches.has(name)) ? await caches.open(name) : null;
  } catch (error) {
    noteError('storage', 'cache', error);
    return null;
  }
}

/** Deletes a cache if it exists. Never rejects. */
export async function deleteCache(name: string): Promise<void> {
  try {
    await caches.delete(name);
  } catch (error) {
    // The browser blocks storage, so there is nothing to delete.
    noteError('storage', 'cache-delete', error);
  }
}
