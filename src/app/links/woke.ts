import { catchError, EMPTY, Observable, switchMap, timer } from 'rxjs';

import { worker$ } from '../loading/workers';
import { noteError } from '../log/note';

/** Delay of the watch, in ms, so that it takes no time from joining. */
const LATER = 10_000;

/** The part of a worker that is used here. */
export type Watch = Pick<Worker, 'onmessage' | 'onerror' | 'terminate'>;

const createWatch = (): Watch => new Worker(new URL('./sleep.worker', import.meta.url), { type: 'module' });

/**
 * Emits after the device slept, as a worker finds out by its timer: the page's own timer is as late when the page is only
 * busy. Without workers, emits nothing; then silence tells that a link has to be recovered.
 */
export const woke$ = (create = createWatch, later = LATER): Observable<void> =>
  timer(later).pipe(
    switchMap(() => worker$(create)),
    switchMap(
      (watch) =>
        new Observable<void>((subscriber) => {
          watch.onmessage = () => subscriber.next();
        }),
    ),
    catchError((error: unknown) => {
      noteError('links', 'sleep-worker', error);
      return EMPTY;
    }),
  );
