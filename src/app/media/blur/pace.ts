/** How much work the blur does. Each pace costs less than the one before it. */
export interface Pace {
  /** Every how many shown frames the model looks for the person again. */
  readonly maskEvery: number;
  /** Every how many frames of the camera one is shown. */
  readonly frameEvery: number;
  /** Upper bound of the longer side, in pixels. */
  readonly longestSide: number;
}

/** Tried in this order while the blur costs too much. */
export const paces: readonly [Pace, ...Pace[]] = [
  { maskEvery: 1, frameEvery: 1, longestSide: 1280 },
  { maskEvery: 2, frameEvery: 1, longestSide: 1280 },
  { maskEvery: 1, frameEvery: 2, longestSide: 960 },
  { maskEvery: 2, frameEvery: 2, longestSide: 640 },
];

/** The share of one processor core that the blur may use. */
export const ALLOWED_SHARE = 0.5;

/** Number of frames of a measurement, and its upper bound in ms where frames are rare. */
const FRAMES = 30;
const LONGEST_MS = 5_000;

/** The first frames load code and fill caches. */
const WARM_UP = 5;

/**
 * The result of a measurement. `share`: busy time per time, at the pace that was measured.
 *
 * - `keep`: fits
 * - `lower`: costs too much, and the next pace is tried
 * - `refuse`: costs too much even at the last pace
 */
export interface Verdict {
  readonly share: number;
  readonly next: 'keep' | 'lower' | 'refuse';
}

/** Measures the cost of the blur and lowers the pace until it fits. Times are in ms. */
export class CostMeter {
  private level = 0;
  private frames = 0;
  private warming = WARM_UP;
  private busy = 0;
  private since: number | null = null;

  get pace(): Pace {
    return paces[this.level] ?? paces[0];
  }

  /**
   * Counts a frame that the camera delivered.
   *
   * @param now the time at which it was finished
   * @param busy how long it took; 0 for a skipped frame
   * @returns the verdict when a measurement is complete, else null
   */
  count(now: number, busy: number): Verdict | null {
    if (this.warming > 0) {
      this.warming -= 1;
      return null;
    }
    if (this.since === null) {
      this.since = now;
      return null;
    }
    this.frames += 1;
    this.busy += busy;
    const time = now - this.since;
    if (time <= 0 || (this.frames < FRAMES && time < LONGEST_MS)) return null;
    const share = this.busy / time;
    this.frames = 0;
    this.busy = 0;
    this.since = now;
    if (share <= ALLOWED_SHARE) return { share, next: 'keep' };
    if (this.level === paces.length - 1) return { share, next: 'refuse' };
    this.level += 1;
    this.warming = WARM_UP;
    this.since = null;
    return { share, next: 'lower' };
  }
}

/** The size of the blurred picture: the camera's, within the pace's bound, and even, as encoders need it. */
export const sizeFor = (
  width: number,
  height: number,
  { longestSide }: Pace,
): { readonly width: number; readonly height: number } => {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
};
