import { noteError } from '../log/note';

/**
 * Calls `tick` at a rate, whether the page is visible or not: timers of a hidden page fire once a second (HTML, section 8.7,
 * lets browsers delay them). If no worker is available, the page's timer is used.
 *
 * @param rate ticks per second
 * @returns a function that stops it
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
      // Ticks that queued up while the page was busy arrive all at once: only the first counts.
      const now = performance.now();
      if (now - last < period / 2) return;
      last = now;
      tick();
    };
    // The worker failed to load.
    worker.onerror = () => {
      stop();
      byPage();
    };
    worker.postMessage(period);
  } catch (error) {
    noteError('mixing', 'ticker-worker', error);
    byPage();
  }
  return () => stop();
}
