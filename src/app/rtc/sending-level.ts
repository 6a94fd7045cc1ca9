/**
 * How much of the picture is sent, from what the path carries: a pure state machine, told once a second.
 *
 * The browser's own congestion control sets the bit rate from moment to moment; this decides in steps that a person would
 * notice, so that a thin path gets a small clear picture instead of a large smeared one, and sound before any picture.
 */
export type SendingLevel = 'full' | 'medium' | 'low' | 'paused';

/** What a level allows: the height of the picture, px; frames a second; bit/s. */
export interface SendingLimits {
  readonly height: number;
  readonly frameRate: number;
  readonly bitRate: number;
}

export const LIMITS: Readonly<Record<Exclude<SendingLevel, 'paused'>, SendingLimits>> = {
  full: { height: Infinity, frameRate: 30, bitRate: 2_500_000 },
  medium: { height: 360, frameRate: 20, bitRate: 400_000 },
  low: { height: 180, frameRate: 12, bitRate: 130_000 },
};

/** Figures of one second. */
export interface PathFigures {
  /** bit/s the path carries; null where the browser does not say. */
  readonly available: number | null;
  /** Share of packets lost on the way to the other side, 0…1; null while unknown. */
  readonly loss: number | null;
}

export interface SendingState {
  readonly level: SendingLevel;
  /** For how many seconds the figures have asked for a lower or for a higher level. */
  readonly below: number;
  readonly above: number;
  /** Seconds spent paused, and after how many the picture is tried again. */
  readonly paused: number;
  readonly patience: number;
}

/** Below this many bit/s a level is left for the next lower one; below the last there is room for sound alone. */
const FLOOR = { full: 300_000, medium: 130_000, low: 60_000 } as const;
/** Above this many bit/s a level is left for the next higher one. */
const CEILING = { medium: 500_000, low: 200_000 } as const;
/** Without an estimate: this much loss is too much, and this little allows more. */
const LOSSY = 0.1;
const CLEAN = 0.02;
/** Seconds that figures must last. */
const LAST_DOWN = 3;
const LAST_UP = 5;
/** A path that carries no picture can't be measured by sending none: it is tried again, each time later, s. */
const FIRST_PATIENCE = 10;
const LONGEST_PATIENCE = 80;

export const STARTING: SendingState = {
  level: 'full',
  below: 0,
  above: 0,
  paused: 0,
  patience: FIRST_PATIENCE,
};

/** The state after another second. */
export function nextSending(state: SendingState, figures: PathFigures): SendingState {
  const { level } = state;
  if (level === 'paused') {
    const paused = state.paused + 1;
    return paused < state.patience ? { ...state, paused } : moved(state, 'low');
  }
  const below = isBelow(level, figures) ? state.below + 1 : 0;
  const above = isAbove(level, figures) ? state.above + 1 : 0;
  if (below >= LAST_DOWN) return moved(state, lower(level));
  if (above >= LAST_UP) return moved(state, higher(level));
  return { ...state, below, above };
}

function moved(state: SendingState, level: SendingLevel): SendingState {
  // A picture that has held begins anew with short pauses; one that was tried in vain is tried later next time.
  const held = level === 'medium' || level === 'full';
  const later = Math.min(2 * state.patience, LONGEST_PATIENCE);
  const patience = held ? FIRST_PATIENCE : state.level === 'paused' ? later : state.patience;
  return { level, below: 0, above: 0, paused: 0, patience };
}

function isBelow(level: keyof typeof FLOOR, { available, loss }: PathFigures): boolean {
  return available === null ? (loss ?? 0) > LOSSY : available < FLOOR[level];
}

function isAbove(level: keyof typeof FLOOR, { available, loss }: PathFigures): boolean {
  if (level === 'full') return false;
  return available === null ? (loss ?? 1) < CLEAN : available > CEILING[level];
}

function lower(level: keyof typeof FLOOR): SendingLevel {
  return level === 'full' ? 'medium' : level === 'medium' ? 'low' : 'paused';
}

function higher(level: keyof typeof FLOOR): SendingLevel {
  return level === 'low' ? 'medium' : 'full';
}
