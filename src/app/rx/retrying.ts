import { defer, Observable, retry, tap, timer } from 'rxjs';

import { type Area, noteError } from '../log/note';

const FIRST = 500;
const MOST = 10_000;
const JITTER = 0.25;

/**
 * Resubscribes after an error. The delay starts at 0.5 s and doubles up to 10 s, with 25 % jitter in both directions so that
 * two sides don't retry in step. `succeeded` returns whether a value counts as a success, which resets the delay. Errors are
 * noted under `area`.
 */
export const retrying =
  <T>(area: Area, succeeded: (value: T) => boolean) =>
  (source: Observable<T>): Observable<T> =>
    defer(() => {
      let failures = 0;
      return source.pipe(
        tap((value) => {
          if (succeeded(value)) failures = 0;
        }),
        retry({
          delay: (error: unknown) => {
            noteError(area, 'retry', error);
            const delay = Math.min(MOST, FIRST * 2 ** failures++);
            return timer(delay * (1 - JITTER + 2 * JITTER * Math.random()));
          },
        }),
      );
    });
