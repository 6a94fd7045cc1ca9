/**
 * Lets time pass: for as long as an outage lasts, or for what must not happen meanwhile. Never for what is to happen, which
 * takes as long as the machine takes.
 *
 * @param duration ms
 */
export const pass = (duration: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, duration));

/**
 * Runs in the page before its own scripts: what ends by itself after 15 to 60 s, as a ring does or a connection by a
 * provisional answer, ends ten times as late. What comes before that end is then seen on a busy machine too.
 */
export function endLate(): void {
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const wait = globalThis[name] as (work: () => void, time?: number, ...rest: unknown[]) => number;
    Reflect.set(globalThis, name, (work: () => void, time = 0, ...rest: unknown[]) =>
      wait(work, time >= 15_000 && time <= 60_000 ? 10 * time : time, ...rest),
    );
  }
}
