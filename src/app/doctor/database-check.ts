import { ConnectError } from '../firebase/firebase';
import type { Documents } from '../firebase/documents';
import type { SignInReason } from '../firebase/sign-in-reason';
import { Finding, median } from './finding';

export interface DatabaseFinding extends Finding<
  'reachable' | 'slow' | 'polled' | 'silent' | 'offline' | 'configuration' | SignInReason
> {
  /** Time from the request until signed in, including the download of the SDK, in ms. */
  readonly signIn: number | null;
  /** Median of three empty commits, in ms. */
  readonly roundTrip: number | null;
  /** The database; null if connecting failed. */
  readonly documents: Documents | null;
}

const TRIES = 3;
/** Round trip above which a call takes noticeably long to begin, in ms: it needs about five round trips. */
const SLOW = 800;

/**
 * Checks whether Firestore lets this client in, and how far away it is. An empty commit costs no operation, and testing a
 * listener costs one read. Never rejects.
 *
 * @param now a clock, in ms
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
    // One request may get lost, as on every network.
    else if (++lost > 1) return { state: 'failed', reason: 'silent', signIn, roundTrip: null, documents };
  }
  const roundTrip = median(times);
  const isSlow = roundTrip !== null && roundTrip > SLOW;
  // `polled` is worse than `slow`: a person who waits for a call waits for the listener.
  const reason = !(await listening) ? 'polled' : isSlow ? 'slow' : 'reachable';
  return {
    state: reason === 'reachable' ? 'well' : 'warning',
    reason,
    signIn,
    roundTrip,
    documents,
  };
}
