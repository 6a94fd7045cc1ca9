import { ConnectError } from '../firebase/firebase';
import type { Documents } from '../firebase/documents';
import type { SignInReason } from '../firebase/sign-in-reason';
import { Finding, median } from './finding';

export interface DatabaseFinding extends Finding<
  'reachable' | 'slow' | 'polled' | 'silent' | 'offline' | 'configuration' | SignInReason
> {
  /** From asking to being signed in, the SDK's arrival with it, ms. */
  readonly signIn: number | null;
  /** The median of three empty commits, ms. */
  readonly roundTrip: number | null;
  /** The database, when there is a way to it. */
  readonly documents: Documents | null;
}

const TRIES = 3;
/** From here on a call takes noticeably long to begin, ms: it needs some five round trips. */
const SLOW = 800;

/**
 * Whether Firestore lets us in and how far away it is. An empty commit costs no operation, trying a
 * listener one read. Never rejects.
 *
 * @param now a clock, ms
 */
export async function checkDatabase(
  connect: () => Promise<Documents>,
  now: () => number = () => performance.now(),
): Promise<DatabaseFinding> {
  const asked = now();
  let documents: Documents;
  try {
    documents = await connect();
  } catch (error) {
    const reason = error instanceof ConnectError ? error.reason : 'offline';
    return { state: 'failed', reason, signIn: null, roundTrip: null, documents: null };
  }
  const signIn = now() - asked;
  const listening = documents.listens();
  const times: number[] = [];
  let lost = 0;
  while (times.length < TRIES) {
    const sent = now();
    if (await documents.reach()) times.push(now() - sent);
    // One may get lost, as on every network.
    else if (++lost > 1) return { state: 'failed', reason: 'silent', signIn, roundTrip: null, documents };
  }
  const roundTrip = median(times);
  const isSlow = roundTrip !== null && roundTrip > SLOW;
  // That is heavier: whoever waits for a call waits for the listener.
  const reason = !(await listening) ? 'polled' : isSlow ? 'slow' : 'reachable';
  return {
    state: reason === 'reachable' ? 'well' : 'warning',
    reason,
    signIn,
    roundTrip,
    documents,
  };
}
