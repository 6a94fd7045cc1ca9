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

/** Whoever has not touched a key for this long is not typing, ms. */
const IDLE = 4_000;
/** Said again this often while it goes on, ms. */
const REFRESH = 3_000;
/** What was said holds for this long, ms. */
const HOLDS = 6_000;
/** Never said more often, ms. */
const PACE = 1_000;

/**
 * What to tell the others about one's typing.
 *
 * @param keys$ emits at each key: whether there is something in the box
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
 * Whether somebody is typing. Starts with the present state.
 *
 * @param told$ what they say, and `false` for each message of theirs
 */
export const isTyping = (told$: Observable<boolean>): Observable<boolean> =>
  told$.pipe(
    switchMap((on) => (on ? concat(of(true), timer(HOLDS).pipe(map(() => false))) : of(false))),
    startWith(false),
    distinctUntilChanged(),
  );
