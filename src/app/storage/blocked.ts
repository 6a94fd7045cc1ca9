import { noteError } from '../log/note';

/** Whether the browser blocks all storage for this site: then reading either property throws a `SecurityError`. */
export function isStorageBlocked(): boolean {
  try {
    return window.localStorage === null || window.indexedDB === null;
  } catch (error) {
    noteError('storage', 'blocked', error);
    return true;
  }
}
