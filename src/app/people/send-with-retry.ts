import { isRefusal } from '../firebase/documents';
import { elapsed } from '../loading/clock';
import { noteError } from '../log/note';
import { RINGING } from './lobby-documents';

/** First retry delay, which then doubles up to the maximum, in ms. */
const FIRST = 500;
const MOST = 5_000;

/**
 * Sends a write about one ring, and retries if no response arrives, for as long as the ring may last: a change of network drops
 * requests in flight. Rejects once the write is refused, which also happens if an earlier attempt got through; otherwise with
 * the last error.
 *
 * @param wanted whether to go on retrying
 */
export async function sendWithRetry(send: () => Promise<void>, wanted = () => true): Promise<void> {
  const end = elapsed() + RINGING;
  for (let pause = FIRST; ; pause = Math.min(MOST, 2 * pause)) {
    try {
      return await send();
    } catch (error) {
      if (isRefusal(error) || !wanted() || elapsed() + pause > end) throw error;
      noteError('people', 'send', error);
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!wanted()) throw error;
    }
  }
}
