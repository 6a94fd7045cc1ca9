import {
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  map,
  merge,
  Observable,
  pairwise,
  skip,
  startWith,
  timer,
} from 'rxjs';

import { wallTime } from '../loading/clock';

/** How often the clock is looked at, ms. */
const TICK = 1_000;
/** A clock that jumped this far was asleep, ms: throttled pages tick once a second too. */
const GAP = 5_000;

/** Emits when the computer was asleep: the timer's ticks are far apart. */
export const woke$ = (now: () => number = wallTime): Observable<unknown> =>
  timer(0, TICK).pipe(
    map(() => now()),
    pairwise(),
    filter(([before, after]) => after - before > GAP),
  );

/** What says that the way to the others may be another now: back online, another kind of network, waking from sleep. */
export const networkChanges$: Observable<unknown> = merge(
  fromEvent(window, 'online'),
  // `change` also tells of estimates of speed, which vary all the time.
  kindOfNetwork$(),
  woke$(),
);

interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/** The kind of network (Network Information API, `type`), each time it changes. */
function kindOfNetwork$(): Observable<unknown> {
  const { connection } = navigator as { connection?: NetworkInformation };
  return connection
    ? fromEvent(connection, 'change').pipe(
        startWith(null),
        map(() => connection.type),
        distinctUntilChanged(),
        skip(1),
      )
    : EMPTY;
}
