/** A rung of a ladder, 0 being the best, that changes only when there is lasting reason to. Times by `elapsed`, in ms. */
export interface SteadyRung {
  readonly rung: number;
  /** Since when the rung has been too good, and since when a better one has been possible; null while it is not so. */
  readonly worseSince: number | null;
  readonly betterSince: number | null;
  /** For how long a better rung must be possible before it is tried, in ms. */
  readonly patience: number;
  /** When a better rung was last tried. */
  readonly raised: number;
}

/** How long a rung must be too good before it is left, in ms. */
const DOWN_AFTER = 3_000;
/** A better rung that fails within this time, in ms, is tried again after twice the time. */
const HELD = 30_000;
const FIRST_PATIENCE = 5_000;
const LONGEST_PATIENCE = 80_000;

export const BEST: SteadyRung = {
  rung: 0,
  worseSince: null,
  betterSince: null,
  patience: FIRST_PATIENCE,
  raised: -Infinity,
};

/** Which rungs are possible at a moment. */
export interface RungsBorne {
  /** The best rung that can be kept. */
  readonly needed: number;
  /** The best rung that can be kept with room to spare. */
  readonly safe: number;
  /** The present rung can't be kept even for a moment. */
  readonly urgent: boolean;
}

/**
 * The next state, at a later time. A try that fails makes the next one wait longer: what a path or a processor can bear is
 * often known only by trying.
 */
export function steadied(state: SteadyRung, { needed, safe, urgent }: RungsBorne, at: number): SteadyRung {
  const { rung, raised } = state;
  const worseSince = needed > rung ? (state.worseSince ?? at) : null;
  const betterSince = safe < rung ? (state.betterSince ?? at) : null;
  const held = at - raised >= HELD;
  if (worseSince !== null && (urgent || at - worseSince >= DOWN_AFTER)) {
    const patience = held ? FIRST_PATIENCE : Math.min(2 * state.patience, LONGEST_PATIENCE);
    return { rung: needed, worseSince: null, betterSince: null, patience, raised };
  }
  if (betterSince !== null && at - betterSince >= state.patience) {
    return { ...state, rung: safe, worseSince: null, betterSince: null, raised: at };
  }
  return { ...state, worseSince, betterSince };
}
