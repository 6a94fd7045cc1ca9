import type { Auth, User } from 'firebase/auth';

import { ConnectError } from './firebase';
import { SilentStorageError, STORAGE_PATIENCE } from './silent-storage';
import { within } from './within';

/** Time limit for a sign-in request, in ms. */
const SIGN_IN_LIMIT_MS = 15_000;

/**
 * The user stored in this browser; null when there is none. Rejects with `SilentStorageError` when the storage that holds
 * accounts does not answer.
 */
export async function storedUser(auth: Pick<Auth, 'authStateReady' | 'currentUser'>): Promise<User | null> {
  await within(auth.authStateReady(), STORAGE_PATIENCE, () => new SilentStorageError());
  return auth.currentUser;
}

/** Resolves to the result of a sign-in request. Rejects with a `ConnectError` (`offline`) when no answer comes within 15 s. */
export const answered = <T>(request: Promise<T>): Promise<T> =>
  within(request, SIGN_IN_LIMIT_MS, () => new ConnectError('offline'));
