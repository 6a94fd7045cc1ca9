/** The pauses before what was lost is tried again, ms. */
const PAUSES = [300, 1_000];

/**
 * Tries what harms nobody when it is done twice again if it was lost on the way: a network that changes drops every
 * request that is under way, and is there a moment later. A browser that says it is offline is believed at once.
 *
 * @param isLost whether an error means that no answer came
 */
export async function persevering<T>(
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
