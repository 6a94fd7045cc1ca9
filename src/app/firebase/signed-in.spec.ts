import type { User } from '@angular/fire/auth';

import { hideIndexedDb, SilentStorageError } from './silent-storage';
import { signedIn } from './signed-in';

describe('signedIn', () => {
  const never = new Promise<never>(() => undefined);
  const ann = { uid: 'ann' } as User;
  const settled = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };

  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  it('gives up storage that never answers', async () => {
    const auth = { authStateReady: () => never, currentUser: null };
    const signing = expectAsync(signedIn(auth, () => never)).toBeRejectedWithError(SilentStorageError);
    jasmine.clock().tick(6_000);
    await signing;
  });

  it('counts a sign-in that never answers as offline', async () => {
    const auth = { authStateReady: () => Promise.resolve(), currentUser: null };
    const signing = expectAsync(signedIn(auth, () => never)).toBeRejectedWith(
      jasmine.objectContaining({ reason: 'offline' }),
    );
    await settled();
    jasmine.clock().tick(15_000);
    await signing;
  });

  it('gives the user there is, or the one who signs in', async () => {
    const auth = { authStateReady: () => Promise.resolve(), currentUser: ann };
    expect(await signedIn(auth, () => never)).toBe(ann);
    expect(await signedIn({ ...auth, currentUser: null }, () => Promise.resolve(ann))).toBe(ann);
  });

  it('hides storage as if the browser had none', () => {
    const scope = { indexedDB: {} };
    hideIndexedDb(scope);
    expect(typeof scope.indexedDB).toBe('undefined');
  });
});
