import { concat, defer, filter, map, Observable, of, scan, startWith, switchMap, take } from 'rxjs';

import type { CallRecord, Seat } from '../signaling/records';
import { isLive } from '../topology/seating';
import type { VisitContext } from './visit-context';

type Source = Pick<VisitContext, 'signaling' | 'session' | 'now' | 'seats$' | 'lookAgain$'>;

/**
 * The call as a guest needs it; null while it is missing. It is followed unless it is open. An open call is read
 * once, and again when it may be a different one.
 */
export const followCall = (source: Source): Observable<CallRecord | null> => {
  const { signaling, lookAgain$ } = source;
  const read$ = (): Observable<CallRecord | null> =>
    defer(() => signaling.call()).pipe(
      switchMap((call) =>
        concat(of(call), call?.door === 'open' ? succeeded$(source).pipe(switchMap(read$)) : signaling.call$),
      ),
    );
  return lookAgain$.pipe(startWith(undefined), switchMap(read$));
};

/**
 * Emits when nobody is left of those who were in the call first, and others are. A call is deleted only once nobody is in
 * it, so until then it is the same call.
 */
const succeeded$ = ({ seats$, session, now }: Source): Observable<unknown> =>
  seats$.pipe(
    map((seats) => seats.filter((seat) => seat.session !== session && isLive(seat, now()))),
    scan(
      ({ first }: Succession, seats) => ({
        first: first ?? seats,
        others: first !== null && seats.length > 0 && !seats.some((seat) => isIn(first, seat)),
      }),
      { first: null, others: false },
    ),
    filter(({ others }) => others),
    take(1),
  );

interface Succession {
  readonly first: readonly Seat[] | null;
  readonly others: boolean;
}

const isIn = (seats: readonly Seat[], { session }: Seat) => seats.some((seat) => seat.session === session);
