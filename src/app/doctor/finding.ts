/**
 * State of a check. `waiting`: not started yet. `note`: neither good nor bad. `warning`: calls suffer from it. `failed`: what
 * was checked doesn't work.
 */
export type CheckState = 'waiting' | 'running' | 'well' | 'note' | 'warning' | 'failed';

/** What a check has found so far. Pages look up the text for its `reason` and the advice. */
export interface Finding<R extends string> {
  readonly state: CheckState;
  /** Null while there is nothing to report. */
  readonly reason: R | null;
}

export const WAITING = { state: 'waiting', reason: null } as const;
export const RUNNING = { state: 'running', reason: null } as const;

/** Whether a check has finished. */
export const isDone = ({ state }: { readonly state: CheckState }): boolean =>
  state !== 'waiting' && state !== 'running';

/** The median; the lower of the two middle values if the count is even, null for an empty list. */
export function median(figures: readonly number[]): number | null {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
