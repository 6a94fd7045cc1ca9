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

import { note } from '../log/note';
import { isOffline } from './documents';
import { isSame } from './second-look';

/**
 * What a listener reports: a value that the server has confirmed; that the previous value is confirmed again (`live`); or
 * that its stream is down and its data may be old (`stale`).
 */
export type Heard<T> = { readonly value: T } | 'live' | 'stale';

/** Health of this page's listeners: `live` once one has had an answer, `silent` when documents could be read while none had. */
export type Channel = BehaviorSubject<'unknown' | 'live' | 'silent'>;

/**
 * How long a listener may be silent before its documents are polled, in ms. If other listeners get answers, usually the
 * whole network is slow. If none do, there is no reason to wait.
 */
const PATIENCE: Readonly<Record<Channel['value'], number>> = { unknown: 5_000, live: 10_000, silent: 300 };
/** Interval between reads while nothing changes, in ms: the first and the longest. */
const FIRST = 1_500;
const MOST = 5_000;
const GROWTH = 1.25;
/** The longest interval while reads fail too, in ms. */
const MOST_LOST = 30_000;

/**
 * Follows a listener, and polls every few seconds while the listener is silent: ad blockers and proxies block Firestore's
 * Listen channel and let single requests through. Each poll costs a read. Passes on errors of both, except `offline`
 * while polling, from which the listener recovers by itself.
 */
export const polledWhenSilent =
  <T>(read: () => Promise<T>, channel: Channel) =>
  (listen$: Observable<Heard<T>>): Observable<T> =>
    defer(() => {
      let told: { readonly value: T } | null = null;
      let lost = false;
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
          if (heard === 'stale') {
            lost = told !== null;
            if (lost) note('firebase', 'listener-lost');
            return polled$;
          }
          if (lost) note('firebase', 'listener-back');
          lost = false;
          channel.next('live');
          return heard === 'live' ? EMPTY : tell(heard.value);
        }),
      );
    });
