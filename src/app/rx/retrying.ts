import { defer, NEVER, Observable, race, retry, take, tap, timer } from 'rxjs';

import { type Area, noteError } from '../log/note';

const FIRST = 500;
const MOST = 10_000;
const JITTER = 0.25;

/**
 * Resubscribes after an error. The delay starts at 0.5 s and doubles up to 10 s, with 25 % jitter in both directions so that
 * two sides don't retry in step. `succeeded` returns whether a value counts as a success, which resets the delay. Errors are
 * noted under `area`.
 *
 * @param most the longest delay, in ms
 * @param sooner$ ends a delay
 */
export const retrying =
  <T>(
    area: Area,
    succeeded: (value: T) => boolean,
    { most = MOST, sooner$ = NEVER }: { readonly most?: number; readonly sooner$?: Observable<unknown> } = {},
  ) =>
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
            const delay = Math.min(most, FIRST * 2 ** failures++);
            return race(timer(delay * (1 - JITTER + 2 * JITTER * Math.random())), sooner$).pipe(take(1));
          },
        }),
      );
    });
