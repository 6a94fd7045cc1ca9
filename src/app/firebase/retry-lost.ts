/** Pauses before the retries, in ms. */
const PAUSES = [300, 1_000];

/**
 * Retries an idempotent operation that got no answer: a network change drops every request in flight, and the network is
 * back a moment later. When the browser reports that it is offline, nothing is retried.
 *
 * @param isLost whether an error means that no answer came
 */
export async function retryLost<T>(
  attempt: () => Promise<T>,
  isLost: (error: unknown) => boolean,
  pauses: readonly number[] = PAUSES,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLost(error) || !navigator.onLine) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return attempt();
}
