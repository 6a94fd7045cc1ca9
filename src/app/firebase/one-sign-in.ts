import { noteError } from '../log/note';

const LOCK = 'parley/sign-in';
/** How long a tab waits for another tab that is signing in, in ms. */
const PATIENCE = 10_000;

/**
 * The sign-in stored in this browser, as of the creation of this object: the SDK notices only late what other tabs have
 * stored since.
 */
export interface StoredSignIn<User> {
  /** The stored user; null when there is none. Rejects when the browser or the network fails. */
  user(): Promise<User | null>;
  /** Creates an anonymous account, stores it and resolves to its user. */
  create(): Promise<User>;
  /** Releases everything. Never rejects. */
  end(): Promise<void>;
}

/**
 * The user that this browser is signed in as, the same in all of its tabs. Where there is none, one tab creates the
 * account and the other tabs wait for it (Web Locks API). In a browser without locks, each tab that asks at that moment
 * creates an account, and each page keeps its own, so that it works all the same.
 *
 * @param open reads what is stored now
 */
export async function oneSignIn<User>(
  open: () => StoredSignIn<User>,
  locks: Pick<LockManager, 'request'> | undefined = navigator.locks,
  patience = PATIENCE,
): Promise<User> {
  const stored = await reading(open, (signIn) => signIn.user());
  return (
    stored ??
    alone(() => reading(open, async (signIn) => (await signIn.user()) ?? signIn.create()), locks, patience)
  );
}

async function reading<User, Result>(
  open: () => StoredSignIn<User>,
  act: (signIn: StoredSignIn<User>) => Promise<Result>,
): Promise<Result> {
  const signIn = open();
  try {
    return await act(signIn);
  } finally {
    await signIn.end();
  }
}

/** Acts while no other tab of this browser does. Acts at once where locks are missing, or when another tab takes too long. */
async function alone<Result>(
  act: () => Promise<Result>,
  locks: Pick<LockManager, 'request'> | undefined,
  patience: number,
): Promise<Result> {
  if (!locks) return act();
  let acting: Promise<Result> | null = null;
  try {
    return await locks.request(LOCK, { signal: AbortSignal.timeout(patience) }, () => (acting = act()));
  } catch (error) {
    if (acting) throw error;
    noteError('firebase', 'sign-in-lock', error);
    return act();
  }
}
