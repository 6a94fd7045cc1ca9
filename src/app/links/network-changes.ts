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

/** How often to read the clock, in ms. */
const TICK = 1_000;
/** A clock jump that means the computer slept, in ms: throttled pages still tick once a second. */
const GAP = 5_000;

/** Emits after the computer slept: the timer's ticks are far apart. */
export const woke$ = (now: () => number = wallTime): Observable<unknown> =>
  timer(0, TICK).pipe(
    map(() => now()),
    pairwise(),
    filter(([before, after]) => after - before > GAP),
  );

/** Emits when the network path to the other members may have changed: back online, another kind of network, wake from sleep. */
export const networkChanges$: Observable<unknown> = merge(
  fromEvent(window, 'online'),
  // `change` also reports estimates of speed, which vary all the time.
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
