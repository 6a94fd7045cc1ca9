/** Time after which silent storage is assumed never to answer, in ms. */
export const STORAGE_PATIENCE = 6_000;

/** IndexedDB reports neither success nor error. Some browsers behave like this when a profile is damaged or locked. */
export class SilentStorageError extends Error {
  override readonly name = 'SilentStorageError';
}

/**
 * Hides IndexedDB from this page, as in browsers that lack it. The Firebase SDK queries it for the account, and again
 * before each sign-in request (its "heartbeats"), and would wait forever. When it is missing, the SDK works without it.
 */
export function hideIndexedDb(scope: object = globalThis): void {
  Object.defineProperty(scope, 'indexedDB', { value: undefined, configurable: true });
}
