/**
 * Calls `tick` at a rate, whether the page is seen or not: a hidden page's own timers come once a second (HTML, section 8.7,
 * lets browsers delay them). Where no worker can be had, the page's timer has to do.
 *
 * @param rate ticks a second
 * @returns ends it
 */
export function ticking(tick: () => void, rate: number): () => void {
  const period = 1_000 / rate;
  let stop = (): void => undefined;
  const byPage = () => {
    const timer = setInterval(tick, period);
    stop = () => clearInterval(timer);
  };
  try {
    const worker = new Worker(new URL('./ticker.worker', import.meta.url), { type: 'module' });
    stop = () => worker.terminate();
    let last = -Infinity;
    worker.onmessage = () => {
      // Ticks that waited while the page was busy come all at once: the first does for all.
      const now = performance.now();
      if (now - last < period / 2) return;
      last = now;
      tick();
    };
    // The worker did not arrive.
    worker.onerror = () => {
      stop();
      byPage();
    };
    worker.postMessage(period);
  } catch {
    byPage();
  }
  return () => stop();
}
