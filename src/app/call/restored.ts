import { filter, fromEvent, map, Observable, switchMap, take, withLatestFrom } from 'rxjs';

import type { CallState } from './call-state';

/** Emits the phase in which the page entered the back-forward cache, once the page is restored from it (HTML, section 7.4.6). */
export const restored$ = (state$: Observable<CallState>): Observable<CallState['phase']> =>
  fromEvent(window, 'pagehide').pipe(
    withLatestFrom(state$),
    switchMap(([, { phase }]) =>
      fromEvent<PageTransitionEvent>(window, 'pageshow').pipe(
        filter(({ persisted }) => persisted),
        take(1),
        map(() => phase),
      ),
    ),
  );
