/**
 * Waits for a fixed time: for the length of an outage, or to check that something does not happen. Never use it to wait
 * for something that should happen, because that takes as long as the machine takes.
 *
 * @param duration in ms
 */
export const pass = (duration: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, duration));

/**
 * Runs in the page before its own scripts: timers of 15 to 60 s, such as the end of a ring or of a connection from a
 * provisional answer, take ten times as long. Even a busy machine then sees what happens before that end.
 */
export function endLate(): void {
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const wait = globalThis[name] as (work: () => void, time?: number, ...rest: unknown[]) => number;
    Reflect.set(globalThis, name, (work: () => void, time = 0, ...rest: unknown[]) =>
      wait(work, time >= 15_000 && time <= 60_000 ? 10 * time : time, ...rest),
    );
  }
}
