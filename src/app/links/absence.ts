import { concat, distinctUntilChanged, exhaustMap, map, Observable, of, scan, switchMap, timer } from 'rxjs';

import { elapsed } from '../loading/clock';

/** Silence after which a peer has departed, in ms. */
export const GONE = 30_000;
/** How often to probe during a silence whether this side is the one that is cut off, in ms. */
const PROBE = 4_000;
/** Tolerance in ms, because timers and clocks don't agree to the millisecond. */
const SLACK = 500;

/**
 * Whether the peer has departed: not heard for 30 s, during which this side could reach Firestore all the time. While this
 * side itself is cut off, no peer departs. With the first sign of life, the peer is back.
 *
 * @param heard$ whether the peer is heard
 * @param silence how long nothing had arrived when `heard$` turned false, in ms
 * @param reach probes whether Firestore is reachable
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

/**
 * A probe that many links share: each one's silence may ask, and what was found less than one interval ago still holds. A
 * network that breaks all links at once is so probed once, not once for each link.
 */
export const sharedProbe = (
  reach: () => Promise<boolean>,
  now: () => number = elapsed,
): (() => Promise<boolean>) => {
  let last: { readonly at: number; readonly found: Promise<boolean> } | null = null;
  return () => {
    if (!last || now() - last.at >= PROBE - SLACK) last = { at: now(), found: reach() };
    return last.found;
  };
};
