/**
 * How much video is sent, decided from what the path carries: a pure state machine, advanced once a second.
 *
 * The browser's own congestion control sets the bit rate from moment to moment. These levels are steps that a person
 * would notice: a slow path gets a small sharp picture instead of a large blurred one, and audio takes precedence over
 * any video.
 */
export type SendingLevel = 'full' | 'medium' | 'low' | 'paused';

/** Limits of a level: video height in pixels, frame rate per second, and bit rate in bit/s. */
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

/** Measurements over one second. */
export interface PathFigures {
  /** Whether a picture was to be sent. Without one, the figures say nothing about what would be possible. */
  readonly sends: boolean;
  /** bit/s that the path carries; null where the browser doesn't report it. */
  readonly available: number | null;
  /** Fraction of packets lost on the way to the peer, 0…1; null while unknown. */
  readonly loss: number | null;
}

export interface SendingState {
  readonly level: SendingLevel;
  /** Number of consecutive seconds in which the figures called for a lower or a higher level; negative after a retry. */
  readonly below: number;
  readonly above: number;
  /** Seconds spent paused, and the number of seconds after which video is retried. */
  readonly paused: number;
  readonly patience: number;
}

/** Below this many bit/s, move to the next lower level. Below the last, there is room for audio only. */
const FLOOR = { full: 300_000, medium: 130_000, low: 60_000 } as const;
/** Above this many bit/s, move to the next higher level. */
const CEILING = { medium: 500_000, low: 200_000 } as const;
/** Used without an estimate: loss above `LOSSY` is too much, loss below `CLEAN` allows a higher level. */
const LOSSY = 0.1;
const CLEAN = 0.02;
/** Number of seconds for which the figures must persist. */
const LAST_DOWN = 3;
const LAST_UP = 5;
/** A path that is sent no video can't be measured. Video is retried at growing intervals, in seconds. */
const FIRST_PATIENCE = 10;
const LONGEST_PATIENCE = 80;
/** After a retry, the estimate rises from what sound alone takes. It gets this many seconds more. */
const RETRY = 3;

export const STARTING: SendingState = {
  level: 'full',
  below: 0,
  above: 0,
  paused: 0,
  patience: FIRST_PATIENCE,
};

/** The state one second later. */
export function nextSending(state: SendingState, figures: PathFigures): SendingState {
  const { level } = state;
  if (level === 'paused') {
    const paused = state.paused + 1;
    return paused < state.patience ? { ...state, paused } : moved(state, 'low');
  }
  if (!figures.sends) return state;
  const below = isBelow(level, figures) ? state.below + 1 : 0;
  const above = isAbove(level, figures) ? state.above + 1 : 0;
  if (below >= LAST_DOWN) return moved(state, lower(level));
  if (above >= LAST_UP) return moved(state, higher(level));
  return { ...state, below, above };
}

function moved(state: SendingState, level: SendingLevel): SendingState {
  // After a level that held, the next pause starts short again. After a retry that failed, the next pause is longer.
  const held = level === 'medium' || level === 'full';
  const later = Math.min(2 * state.patience, LONGEST_PATIENCE);
  const patience = held ? FIRST_PATIENCE : state.level === 'paused' ? later : state.patience;
  return { level, below: state.level === 'paused' ? -RETRY : 0, above: 0, paused: 0, patience };
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
