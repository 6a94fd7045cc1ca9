import {
  distinctUntilChanged,
  EMPTY,
  fromEvent,
  map,
  merge,
  type Observable,
  share,
  skip,
  startWith,
} from 'rxjs';

import { woke$ } from './woke';

/** Emits when the network path to the other members may have changed: back online, another kind of network, wake from sleep. */
export const networkChanges$: Observable<unknown> = merge(
  fromEvent(window, 'online'),
  // `change` also reports estimates of speed, which vary all the time.
  kindOfNetwork$(),
  woke$(),
).pipe(share());

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
