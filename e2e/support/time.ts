/**
 * Lets time pass: for as long as an outage lasts, or for what must not happen meanwhile. Never for what is to happen, which
 * takes as long as the machine takes.
 *
 * @param duration ms
 */
export const pass = (duration: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, duration));
