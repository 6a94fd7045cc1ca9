import { distinctUntilChanged, EMPTY, map, Observable, switchMap, timer } from 'rxjs';

import type { Sessions } from './departures';

/** How long a member may take from their answer to being shown, in ms: their seat is still in flight. */
const LIMIT_MS = 30_000;

/**
 * Emits when a session that answered, or was answered, has not been shown as a member for 30 s. The link then leads to a
 * person who has no seat, lost it, or was removed.
 */
export const unshown$ = (session: string, shown$: Observable<Sessions>): Observable<unknown> =>
  shown$.pipe(
    map((shown) => shown.has(session)),
    distinctUntilChanged(),
    switchMap((shown) => (shown ? EMPTY : timer(LIMIT_MS))),
  );
