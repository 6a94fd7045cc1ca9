import { concat, distinctUntilChanged, exhaustMap, map, Observable, of, scan, switchMap, timer } from 'rxjs';

import { elapsed } from '../loading/clock';

/** Not heard for this long the other side is gone for good, ms. */
const GONE = 30_000;
/** How often it is tried meanwhile whether this side is the one that is cut off, ms. */
const PROBE = 4_000;
/** Timers and clocks don't agree to the millisecond, ms. */
const SLACK = 500;

/**
 * Whether the other side is gone for good: not heard for 30 s in which this side could reach Firestore all the time. While
 * this side itself is cut off nobody goes; with the first sign of life they are back.
 *
 * @param heard$ whether the other side is heard
 * @param silence how long nothing had come when `heard$` said so, ms
 * @param reach tries whether Firestore can be reached
 */
export const gone$ = (
  heard$: Observable<boolean>,
  silence: number,
  reach: () => Promise<boolean>,
  now: () => number = elapsed,
): Observable<boolean> =>
  heard$.pipe(
    switchMap((heard) => {
      if (heard) return of(false);
      const begun = now() - silence;
      return concat(
        of(false),
        timer(0, PROBE).pipe(
          exhaustMap(() => reach()),
          scan((since: number | null, reached) => (reached ? (since ?? now()) : null), begun),
          map((since) => since !== null && now() - since >= GONE - SLACK),
        ),
      );
    }),
    distinctUntilChanged(),
  );
