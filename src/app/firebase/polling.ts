import {
  BehaviorSubject,
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  Observable,
  of,
  repeat,
  startWith,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { isOffline } from './documents';
import { isSame } from './second-look';

/**
 * What a listener tells: a value that the server has confirmed, that what it told before is confirmed again (`live`), or that
 * its stream is down and what it knows may be old (`stale`).
 */
export type Heard<T> = { readonly value: T } | 'live' | 'stale';

/** How listeners of this page fare: whether one has had an answer, or documents could be read while none had. */
export type Channel = BehaviorSubject<'unknown' | 'live' | 'silent'>;

/**
 * How long a listener may be silent before documents are read instead, ms. Where others get answers it is mostly the network as a
 * whole that is slow; where none do, the next need not wait.
 */
const PATIENCE: Readonly<Record<Channel['value'], number>> = { unknown: 5_000, live: 10_000, silent: 300 };
/** From one read to the next, ms: at first, and the longest, while nothing changes. */
const FIRST = 1_500;
const MOST = 5_000;
const GROWTH = 1.25;
/** The longest while nothing can be read either, ms. */
const MOST_LOST = 30_000;

/**
 * Follows what a listener tells, and reads it again every few seconds for as long as the listener is silent: ad blockers and
 * proxies stop Firestore's Listen channel and let single requests through. Costs a read each time. Errors as the two do, but
 * for `offline` while reading, which the listener gets over by itself.
 */
export const polledWhenSilent =
  <T>(read: () => Promise<T>, channel: Channel) =>
  (listen$: Observable<Heard<T>>): Observable<T> =>
    defer(() => {
      let told: { readonly value: T } | null = null;
      const tell = (value: T) => {
        told = { value };
        return of(value);
      };
      const polled$ = defer(() => {
        let pause = FIRST;
        const once$ = defer(read).pipe(
          tap(() => channel.next('silent')),
          concatMap((value) => {
            const isNews = !told || !isSame(value, told.value);
            pause = isNews ? FIRST : Math.min(MOST, pause * GROWTH);
            return isNews ? tell(value) : EMPTY;
          }),
          catchError((error: unknown) => {
            if (!isOffline(error)) return throwError(() => error);
            pause = Math.min(MOST_LOST, pause * 2);
            return EMPTY;
          }),
        );
        return timer(PATIENCE[channel.value]).pipe(
          switchMap(() => once$.pipe(repeat({ delay: () => timer(pause) }))),
        );
      });
      return listen$.pipe(
        startWith<Heard<T>>('stale'),
        distinctUntilChanged((before, now) => before === 'stale' && now === 'stale'),
        switchMap((heard) => {
          if (heard === 'stale') return polled$;
          channel.next('live');
          return heard === 'live' ? EMPTY : tell(heard.value);
        }),
      );
    });
