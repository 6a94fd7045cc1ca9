import { concat, defer, EMPTY, NEVER, Observable, of, race, switchMap, take, timer } from 'rxjs';

import { noted } from '../log/note';

/** A lease counts as expired this long after its end, in ms, so that no timer fires early. */
const AFTER = 50;
/**
 * Longest wait before leases are checked again, in ms. Browsers store timer delays in 31 bits, and a longer one fires at
 * once.
 */
const LONGEST = 3_600_000;

/** Anything held for a limited time. `lease` is its end, in ms since the epoch by the server's clock. */
export interface Leased {
  readonly lease: number;
}

/** Emits `held`, and again each time one of the leases expires. */
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

/** Time before its expiry at which a lease is renewed, in ms: enough for a few failed attempts. */
const EARLY = 45_000;
/** Random spread, in ms, so that members don't all renew at the same moment. */
const JITTER = 10_000;
/** Delay before retrying a failed renewal, in ms. */
const RETRY = 5_000;

/**
 * Renews a lease of `length` ms while subscribed. Emits whether the last renewal succeeded. Rejections of `renew` are not
 * passed on: the seats themselves show whether the seat is lost.
 *
 * @param back$ emits when the server may be reachable again; a failed renewal is then retried at once
 */
export const renewing = (
  renew: () => Promise<void>,
  length: number,
  back$: Observable<unknown> = NEVER,
): Observable<boolean> => {
  const after = (wait$: Observable<unknown>): Observable<boolean> =>
    wait$.pipe(
      take(1),
      switchMap(() => renew().then(() => true, noted('signaling', 'renew', false))),
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
