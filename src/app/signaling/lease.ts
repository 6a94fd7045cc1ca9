import { concat, defer, EMPTY, NEVER, Observable, of, race, switchMap, take, timer } from 'rxjs';

/** A lease counts as run out this long after its end, ms, so that no timer is early. */
const AFTER = 50;
/** Longest wait before leases are looked at again, in ms: a browser's timers hold 31 bits, and fire at once beyond that. */
const LONGEST = 3_600_000;

/** What is held for a time: `lease` is its end, ms since the epoch by the server's clock. */
export interface Leased {
  readonly lease: number;
}

/** What is held now, and again each time one of the leases runs out. */
export const untilLeases = <T extends Leased>(
  held: readonly T[],
  now: () => number,
): Observable<readonly T[]> =>
  concat(
    of(held),
    defer(() => {
      const ends = held.map(({ lease }) => lease).filter((lease) => lease > now());
      return ends.length === 0
        ? EMPTY
        : timer(Math.min(Math.min(...ends) - now() + AFTER, LONGEST)).pipe(
            switchMap(() => untilLeases(held, now)),
          );
    }),
  );

/** A lease is renewed this long before it would run out, ms: time enough for a few failed tries. */
const EARLY = 45_000;
/** Two renewals of different members don't come at the same moment, ms. */
const JITTER = 10_000;
/** After a renewal that did not get through, ms. */
const RETRY = 5_000;

/**
 * Renews a lease of `length` ms for as long as it is subscribed. Emits whether the last renewal got through. What
 * `renew` rejects with is not passed on: whether the seat is lost shows in the seats themselves.
 *
 * @param back$ emits when the way to the server may be back: then what failed is tried again at once
 */
export const renewing = (
  renew: () => Promise<void>,
  length: number,
  back$: Observable<unknown> = NEVER,
): Observable<boolean> => {
  const after = (wait$: Observable<unknown>): Observable<boolean> =>
    wait$.pipe(
      take(1),
      switchMap(() =>
        renew().then(
          () => true,
          () => false,
        ),
      ),
      switchMap((renewed) =>
        concat(
          of(renewed),
          defer(() =>
            renewed
              ? after(timer(length - EARLY - Math.random() * JITTER))
              : after(race(timer(RETRY), back$)),
          ),
        ),
      ),
    );
  return after(timer(length - EARLY - Math.random() * JITTER));
};
