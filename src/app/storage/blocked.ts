/** Whether the browser blocks all storage for this site: reading either property throws a `SecurityError` then. */
export function isStorageBlocked(): boolean {
  try {
    return window.localStorage === null || window.indexedDB === null;
  } catch {
    return true;
  }
}
