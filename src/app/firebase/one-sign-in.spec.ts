import { oneSignIn, type StoredSignIn } from './one-sign-in';

/** A browser profile: what it stores, and the accounts created for it. */
class Profile {
  readonly accounts: string[] = [];
  stored: string | null = null;
  open = 0;
  /** Resolves before an account is created. */
  network: () => Promise<void> = () => Promise.resolve();

  /** What the SDK reads in a tab: it reads the store once, at the start. */
  readonly signIn = (): StoredSignIn<string> => {
    this.open++;
    const read = Promise.resolve().then(() => this.stored);
    return {
      user: () => read,
      create: async () => {
        await this.network();
        const user = `user ${this.accounts.length}`;
        this.accounts.push(user);
        await Promise.resolve();
        return (this.stored = user);
      },
      end: () => Promise.resolve(void this.open--),
    };
  };
}

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

describe('oneSignIn', () => {
  it('creates one account for two tabs opened at once in a new profile', async () => {
    const profile = new Profile();
    profile.network = later;
    const users = await Promise.all([oneSignIn(profile.signIn), oneSignIn(profile.signIn)]);
    expect(users).toEqual(['user 0', 'user 0']);
    expect(profile.accounts).toEqual(['user 0']);
    expect(profile.open).toBe(0);
  });

  it('uses the stored user, without waiting for a tab that is signing in', async () => {
    const profile = new Profile();
    profile.stored = 'kim';
    const request = jasmine.createSpy('request');
    expect(await oneSignIn(profile.signIn, { request })).toBe('kim');
    expect(request).not.toHaveBeenCalled();
    expect(profile.accounts).toEqual([]);
  });

  it('signs in itself when another tab failed to', async () => {
    const profile = new Profile();
    let failures = 1;
    profile.network = () => (failures-- > 0 ? Promise.reject(new Error('lost')) : later());
    const [one, other] = await Promise.allSettled([oneSignIn(profile.signIn), oneSignIn(profile.signIn)]);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(profile.accounts.length).toBe(1);
    expect(profile.open).toBe(0);
  });

  it('signs in where the browser has no locks', async () => {
    const profile = new Profile();
    expect(await oneSignIn(profile.signIn, undefined)).toBe('user 0');
  });

  it('signs in where locks are refused', async () => {
    const profile = new Profile();
    const request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    expect(await oneSignIn(profile.signIn, { request })).toBe('user 0');
  });

  it('does not wait forever for a tab that hangs while signing in', async () => {
    const profile = new Profile();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request('parley/sign-in', () => {
        resolve();
        return held;
      });
    });
    expect(await oneSignIn(profile.signIn, navigator.locks, 30)).toBe('user 0');
    release();
  });

  it('passes on why signing in was refused, after one attempt', async () => {
    const profile = new Profile();
    const refused = new Error('refused');
    const asked = jasmine.createSpy('asked').and.rejectWith(refused);
    profile.network = asked;
    await expectAsync(oneSignIn(profile.signIn)).toBeRejectedWith(refused);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(profile.open).toBe(0);
  });
});
