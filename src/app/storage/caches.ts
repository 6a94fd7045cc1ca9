/** A cache that is there (Service Workers, section 5.5); null when there is none, or the browser blocks storage. Makes none. */
export async function existingCache(name: string): Promise<Cache | null> {
  try {
    return (await caches.has(name)) ? await caches.open(name) : null;
  } catch {
    return null;
  }
}

/** Deletes a cache, if there is one. Never rejects. */
export async function deleteCache(name: string): Promise<void> {
  try {
    await caches.delete(name);
  } catch {
    // The browser blocks storage: nothing can be there.
  }
}
