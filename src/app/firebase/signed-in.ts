import type { Auth, User } from '@angular/fire/auth';

import { ConnectError } from './firebase';
import { SilentStorageError, STORAGE_PATIENCE } from './silent-storage';
import { within } from './within';

/** Signing in counts as `offline` when it has no answer by then, ms. */
export const SIGN_IN_PATIENCE = 15_000;

/**
 * The user of this browser, signed in by `signIn` where there is none yet. Rejects with `SilentStorageError` when the storage
 * that accounts are kept in does not answer, and with `ConnectError` when the sign-in does not.
 */
export async function signedIn(
  auth: Pick<Auth, 'authStateReady' | 'currentUser'>,
  signIn: (auth: Auth) => Promise<User>,
): Promise<User> {
  await within(auth.authStateReady(), STORAGE_PATIENCE, () => new SilentStorageError());
  return (
    auth.currentUser ?? within(signIn(auth as Auth), SIGN_IN_PATIENCE, () => new ConnectError('offline'))
  );
}
