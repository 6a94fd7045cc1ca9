import { worker$ } from '../loading/workers';
import { noteError } from '../log/note';

const createTicker = () => new Worker(new URL('./ticker.worker', import.meta.url), { type: 'module' });

/**
 * Calls `tick` at a rate, whether the page is visible or not: timers of a hidden page fire once a second (HTML, section 8.7,
 * lets browsers delay them). Until a worker ticks, the page's timer is used.
 *
 * @param rate ticks per second
 * @returns a function that stops it
 */
export function ticking(tick: () => void, rate: number, create = createTicker): () => void {
  const period = 1_000 / rate;
  const page = setInterval(tick, period);
  let last = -Infinity;
  const tickOnce = () => {
    clearInterval(page);
    // Ticks that queued up while the page was busy arrive all at once: only the first counts.
    const now = performance.now();
    if (now - last < period / 2) return;
    last = now;
    tick();
  };
  const ticker = worker$(create).subscribe({
    next: (worker) => {
      worker.onmessage = tickOnce;
      worker.postMessage(period);
    },
    error: (error: unknown) => noteError('mixing', 'ticker-worker', error),
  });
  return () => {
    clearInterval(page);
    ticker.unsubscribe();
  };
}
