import { defer, Observable, retry, tap, timer } from 'rxjs';

const FIRST = 500;
const MOST = 10_000;
const JITTER = 0.25;

/**
 * Subscribes again after an error: after half a second, then twice as long each time up to ten seconds, each give or
 * take a quarter so that two sides don't keep step. `succeeded` tells a value that counts as success; after one the
 * delays begin anew.
 */
export const retrying =
  <T>(succeeded: (value: T) => boolean) =>
  (source: Observable<T>): Observable<T> =>
    defer(() => {
      let failures = 0;
      return source.pipe(
        tap((value) => {
          if (succeeded(value)) failures = 0;
        }),
        retry({
          delay: () => {
            const delay = Math.min(MOST, FIRST * 2 ** failures++);
            return timer(delay * (1 - JITTER + 2 * JITTER * Math.random()));
          },
        }),
      );
    });
