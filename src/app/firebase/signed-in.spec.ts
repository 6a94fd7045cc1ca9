import type { User } from '@angular/fire/auth';

import { answered, storedUser } from './signed-in';
import { hideIndexedDb, SilentStorageError } from './silent-storage';

describe('Signing in', () => {
  const never = new Promise<never>(() => undefined);
  const ann = { uid: 'ann' } as User;

  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  it('gives up on storage that never answers', async () => {
    const auth = { authStateReady: () => never, currentUser: null };
    const reading = expectAsync(storedUser(auth)).toBeRejectedWithError(SilentStorageError);
    jasmine.clock().tick(6_000);
    await reading;
  });

  it('counts an unanswered request as offline', async () => {
    const asking = expectAsync(answered(never)).toBeRejectedWith(
      jasmine.objectContaining({ reason: 'offline' }),
    );
    jasmine.clock().tick(15_000);
    await asking;
  });

  it('returns the stored user, and the result of a request', async () => {
    const auth = { authStateReady: () => Promise.resolve(), currentUser: ann };
    expect(await storedUser(auth)).toBe(ann);
    expect(await storedUser({ ...auth, currentUser: null })).toBeNull();
    expect(await answered(Promise.resolve(ann))).toBe(ann);
  });

  it('hides storage as if the browser had none', () => {
    const scope = { indexedDB: {} };
    hideIndexedDb(scope);
    expect(typeof scope.indexedDB).toBe('undefined');
  });
});
