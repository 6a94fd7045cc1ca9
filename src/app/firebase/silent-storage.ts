/** Storage that has not answered by then never will, ms. */
export const STORAGE_PATIENCE = 6_000;

/** IndexedDB was asked and does not answer: neither success nor error. Some browsers do so where a profile is damaged or locked. */
export class SilentStorageError extends Error {
  override readonly name = 'SilentStorageError';
}

/**
 * Hides IndexedDB from this page, as browsers without it have it. The Firebase SDK asks it for the account, and again before each
 * request of the sign-in (its "heartbeats"), and waits for ever; where there is none it does without.
 */
export function hideIndexedDb(scope: object = globalThis): void {
  Object.defineProperty(scope, 'indexedDB', { value: undefined, configurable: true });
}
