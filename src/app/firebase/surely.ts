import { isOffline, isRefusal } from './documents';
import { persevering } from './persevering';

/** What was lost is sent again after this long, ms. */
const AGAIN = [500];

/**
 * Commits what a person waits for, and sends it once more where no answer came. The first may have been carried out all the same,
 * and then the second is refused (docs/protocol.md, "A refusal is not yet an end").
 *
 * @param isDone looks whether it was carried out; not asked where repeating it changes nothing
 */
export async function surely(
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
  await persevering(attempt, isOffline, AGAIN);
}
