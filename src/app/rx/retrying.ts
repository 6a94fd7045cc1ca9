import { NEVER, Observable, race, retry, take, tap, timer } from 'rxjs';

import { type Area, noteError } from '../log/note';

const FIRST = 500;
const MOST = 10_000;
const JITTER = 0.25;

interface Patience {
  /** The longest delay at the moment, in ms. */
  readonly most?: () => number;
  /** What was tried may succeed now: ends a delay, and the next ones are short again. */
  readonly changed$?: Observable<unknown>;
}

/**
 * Resubscribes after an error. The delay starts at 0.5 s and doubles up to 10 s, with 25 % jitter in both directions so that
 * two sides don't retry in step. `succeeded` returns whether a value counts as a success, which resets the delay. Errors are
 * noted under `area`.
 */
export const retrying =
  <T>(area: Area, succeeded: (value: T) => boolean, { most = () => MOST, changed$ = NEVER }: Patience = {}) =>
  (source: Observable<T>): Observable<T> =>
    new Observable((subscriber) => {
      let failures = 0;
      const subscription = changed$.subscribe(() => (failures = 0));
      const retried$ = source.pipe(
        tap((value) => {
          if (succeeded(value)) failures = 0;
        }),
        retry({
          delay: (error: unknown) => {
            noteError(area, 'retry', error);
            const delay = Math.min(most(), FIRST * 2 ** failures++);
            return race(timer(delay * (1 - JITTER + 2 * JITTER * Math.random())), changed$).pipe(take(1));
          },
        }),
      );
      subscription.add(retried$.subscribe(subscriber));
      return subscription;
    });
