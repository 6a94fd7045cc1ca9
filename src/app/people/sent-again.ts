import { isRefusal } from '../firebase/documents';
import { RINGING } from './lobby-documents';

/** What was lost on its way is sent again after this long at first, then twice as long each time up to the most, ms. */
const FIRST = 500;
const MOST = 5_000;

/**
 * Sends what concerns one ring, again where nothing came back, for as long as it may ring: a network that changes drops what is
 * under way. Rejects once it is refused, as it is when it had got through after all; otherwise with what went wrong last.
 *
 * @param wanted whether it is to be sent again still
 */
export async function sentAgain(send: () => Promise<void>, wanted = () => true): Promise<void> {
  const end = performance.now() + RINGING;
  for (let pause = FIRST; ; pause = Math.min(MOST, 2 * pause)) {
    try {
      return await send();
    } catch (error) {
      if (isRefusal(error) || !wanted() || performance.now() + pause > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!wanted()) throw error;
    }
  }
}
