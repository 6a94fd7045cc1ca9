import { concat, defer, EMPTY, map, NEVER, Observable, of, race, switchMap, take, timer } from 'rxjs';

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

/** How long a seat is held by one renewal, and when the next renewal is due. */
export interface LeaseTerms {
  /** In ms. */
  readonly length: number;
  /** Time before its end at which the lease is renewed at the latest, in ms: enough for a few failed attempts. */
  readonly early: number;
  /** Random spread, in ms, so that members don't all renew at the same moment. */
  readonly jitter: number;
}

/** In a call of one or two: without it, a crashed member would hold their seat for long. */
export const SHORT_LEASE: LeaseTerms = { length: 120_000, early: 45_000, jitter: 10_000 };
/** The host's lease in a larger call, and a newcomer's first one: it may be their last sign. */
export const MEDIUM_LEASE: LeaseTerms = { length: 300_000, early: 45_000, jitter: 10_000 };
/** Another member's lease in a larger call. The rules allow half a minute more. */
export const LONG_LEASE: LeaseTerms = { length: 870_000, early: 60_000, jitter: 60_000 };

/**
 * The terms of a member's renewals. Each renewal is read by all members, so in a larger call leases are long: the mesh notices
 * by itself who is missing. The host's is shorter, because nobody empties the host's seat after a crash.
 *
 * @param members number of members in the call, this one included
 */
export function leaseTerms(members: number, isHost: boolean): LeaseTerms {
  if (members <= 2) return SHORT_LEASE;
  return isHost ? MEDIUM_LEASE : LONG_LEASE;
}

/** The terms of the lease that comes with taking a seat. */
export const firstLease = (members: number): LeaseTerms => (members <= 2 ? SHORT_LEASE : MEDIUM_LEASE);

/** Delay before retrying a failed renewal, in ms. */
const RETRY = 5_000;

/** When and how a lease is renewed. */
export interface Renewals {
  /** Renews for this many ms. Rejections are not passed on: the seats themselves show whether the seat is lost. */
  readonly renew: (length: number) => Promise<void>;
  /** The terms that the seat was taken on. */
  readonly first: LeaseTerms;
  /** The terms of the next renewal; `first` by default. */
  readonly terms?: () => LeaseTerms;
  /** Emits when a lease held on these terms must be renewed at once. */
  readonly sooner$?: (held: LeaseTerms) => Observable<unknown>;
  /** Emits when the server may be reachable again; a failed renewal is then retried at once. */
  readonly back$?: Observable<unknown>;
}

/** Renews a lease while subscribed. Emits whether the last renewal succeeded. */
export const renewing = ({
  renew,
  first,
  terms = () => first,
  sooner$ = () => NEVER,
  back$ = NEVER,
}: Renewals): Observable<boolean> => {
  const next = (held: LeaseTerms) =>
    after(race(timer(held.length - held.early - Math.random() * held.jitter), sooner$(held)));
  const after = (wait$: Observable<unknown>): Observable<boolean> =>
    wait$.pipe(
      take(1),
      map(terms),
      switchMap((held) => renew(held.length).then(() => held, noted('signaling', 'renew', null))),
      switchMap((held) =>
        concat(
          of(held !== null),
          defer(() => (held ? next(held) : after(race(timer(RETRY), back$)))),
        ),
      ),
    );
  return next(first);
};
