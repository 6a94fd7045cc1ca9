/**
 * How a check stands. `waiting`: its turn has not come. `note`: neither good nor bad. `warning`: calls suffer from it.
 * `failed`: what was checked does not work.
 */
export type CheckState = 'waiting' | 'running' | 'well' | 'note' | 'warning' | 'failed';

/** What a check has found so far. The words for its `reason` and what to do are looked up by pages. */
export interface Finding<R extends string> {
  readonly state: CheckState;
  /** Null while there is nothing to tell. */
  readonly reason: R | null;
}

export const WAITING = { state: 'waiting', reason: null } as const;
export const RUNNING = { state: 'running', reason: null } as const;

/** Whether a check has come to its end. */
export const isDone = ({ state }: { readonly state: CheckState }): boolean =>
  state !== 'waiting' && state !== 'running';

/** The one in the middle of an odd number of figures, the lower of the two of an even one; null of none. */
export function median(figures: readonly number[]): number | null {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
