import { isOffline, isRefusal } from './documents';
import { retryLost } from './retry-lost';

/** Delay before a lost commit is retried, in ms. */
const AGAIN = [500];

/**
 * Commits writes that a person is waiting for, and retries once when no answer came. The first attempt may have succeeded
 * nevertheless; then the retry is refused (docs/protocol.md, "A refusal is not yet an end").
 *
 * @param isDone checks whether the first attempt succeeded; not needed where repeating it changes nothing
 */
export async function commitWithRetry(
  commit: () => Promise<void>,
  isDone: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  let lost = false;
  const attempt = async () => {
    try {
      await commit();
    } catch (error) {
      if (lost && isRefusal(error) && (await isDone())) return;
      lost ||= isOffline(error);
      throw error;
    }
  };
  await retryLost(attempt, isOffline, AGAIN);
}
