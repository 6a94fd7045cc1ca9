import { wallTime } from '../loading/clock';

/** How often to read the clock, in ms. */
const TICK = 1_000;
/** A clock jump that means the device slept, in ms. */
const GAP = 5_000;

// The page may be too busy for its timers. This worker has nothing else to do, so its ticks are apart only if the device slept.
let before = wallTime();
setInterval(() => {
  const now = wallTime();
  if (now - before > GAP) postMessage(null);
  before = now;
}, TICK);
