import { noteError } from '../log/note';

/**
 * Whether this browser has the database. Opening it to find out would create it. Assumes that it exists where the browser
 * can't list databases. Never rejects.
 */
export async function databaseExists(name: string): Promise<boolean> {
  try {
    const databases = await (indexedDB as Partial<IDBFactory>).databases?.call(indexedDB);
    return databases?.some((database) => database.name === name) ?? true;
  } catch (error) {
    // Blocked, or hidden because it never answers.
    noteError('storage', 'databases', error);
    return false;
  }
}
