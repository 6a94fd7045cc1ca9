/** Whether this browser has the database; reading it would create one. Assumes so where the browser can't list databases. Never rejects. */
export async function databaseExists(name: string): Promise<boolean> {
  try {
    const databases = await (indexedDB as Partial<IDBFactory>).databases?.call(indexedDB);
    return databases?.some((database) => database.name === name) ?? true;
  } catch {
    // Blocked, or hidden since it never answers.
    return false;
  }
}
