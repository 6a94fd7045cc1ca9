import { Observable, retry, throwError } from 'rxjs';

import { pause$, pauseAfter } from './pauses';

/** A worker's script didn't arrive: "run a worker" of HTML fires an `error` that is no `ErrorEvent`, as for a lost request. */
class ScriptLost extends Error {}

/** What a worker's `error` event means: its script was lost, or it threw. */
export const workerError = (event: Event): Error =>
  event instanceof ErrorEvent ? new Error(event.message) : new ScriptLost('The script did not arrive.');

/**
 * Subscribes again when the source's worker failed because its script was lost, as happens on trains. Browsers keep no failed
 * script of a worker, unlike failed modules of a page (see `Parts`).
 *
 * @param times how often at most
 */
export const retryLostScript = <T>(times = Infinity) =>
  retry<T>({
    count: times,
    delay: (error, tries) =>
      error instanceof ScriptLost ? pause$(pauseAfter(tries)) : throwError(() => error as unknown),
  });

/** The part of a worker that is used here. */
type Startable = Pick<Worker, 'onerror' | 'terminate'>;

/**
 * Creates a worker, and another whenever its script was lost. Emits each; errors when none can be created or its script
 * throws. The worker ends with the subscription.
 */
export const worker$ = <W extends Startable>(create: () => W): Observable<W> =>
  new Observable<W>((subscriber) => {
    const worker = create();
    worker.onerror = (event: Event) => subscriber.error(workerError(event));
    subscriber.next(worker);
    return () => worker.terminate();
  }).pipe(retryLostScript());
