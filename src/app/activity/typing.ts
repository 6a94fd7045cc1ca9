import {
  asyncScheduler,
  concat,
  distinctUntilChanged,
  interval,
  map,
  Observable,
  of,
  skipWhile,
  startWith,
  switchMap,
  throttleTime,
  timer,
} from 'rxjs';

/** A member who has pressed no key for this long is not typing, in ms. */
const IDLE = 4_000;
/** How often the report is repeated while typing continues, in ms. */
const REFRESH = 3_000;
/** How long a report holds, in ms. */
const HOLDS = 6_000;
/** Shortest time between two reports, in ms. */
const PACE = 1_000;

/**
 * What to report to the other members about this member's typing.
 *
 * @param keys$ emits at each key press whether the text box contains text
 */
export const toldTyping = (keys$: Observable<boolean>): Observable<boolean> =>
  keys$.pipe(
    switchMap((on) => (on ? concat(of(true), timer(IDLE).pipe(map(() => false))) : of(false))),
    startWith(false),
    distinctUntilChanged(),
    switchMap((on) =>
      on
        ? interval(REFRESH).pipe(
            map(() => true),
            startWith(true),
          )
        : of(false),
    ),
    skipWhile((on) => !on),
    throttleTime(PACE, asyncScheduler, { leading: true, trailing: true }),
  );

/**
 * Whether a member is typing. Starts with the present state.
 *
 * @param told$ what the member reports, and `false` for each message of theirs
 */
export const isTyping = (told$: Observable<boolean>): Observable<boolean> =>
  told$.pipe(
    switchMap((on) => (on ? concat(of(true), timer(HOLDS).pipe(map(() => false))) : of(false))),
    startWith(false),
    distinctUntilChanged(),
  );
