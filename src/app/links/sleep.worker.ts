/** How often to read the clock, in ms. */
const TICK = 1_000;
/** A clock jump that means the device slept, in ms. */
const GAP = 5_000;

// The page may be too busy for its timers. This worker has nothing else to do, so its ticks are apart only if the device slept.
let before = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - before > GAP) postMessage(null);
  before = now;
}, TICK);
