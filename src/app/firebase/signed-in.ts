import type { Auth, User } from '@angular/fire/auth';

import { ConnectError } from './firebase';
import { SilentStorageError, STORAGE_PATIENCE } from './silent-storage';
import { within } from './within';

/** Limit for a request of the sign-in, in ms. */
const SIGN_IN_LIMIT_MS = 15_000;

/**
 * The user that this browser stores; null when there is none. Rejects with `SilentStorageError` when the storage that accounts are
 * kept in does not answer.
 */
export async function storedUser(auth: Pick<Auth, 'authStateReady' | 'currentUser'>): Promise<User | null> {
  await within(auth.authStateReady(), STORAGE_PATIENCE, () => new SilentStorageError());
  return auth.currentUser;
}

/** What a request of the sign-in resolves to. Rejects with a `ConnectError` (`offline`) when it has no answer within 15 s. */
export const answered = <T>(request: Promise<T>): Promise<T> =>
  within(request, SIGN_IN_LIMIT_MS, () => new ConnectError('offline'));
