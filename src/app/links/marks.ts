import { filter, merge, type Observable, pairwise, switchMap, take, tap } from 'rxjs';

import type { Recovery } from './recovery';

/** Sets the User Timing marks of docs/protocol.md: connected for the first time, and heard again. */
export const marks = (recovery$: Observable<Recovery>, peer$: Observable<string>): Observable<unknown> => {
  const mark = (name: string) =>
    peer$.pipe(
      take(1),
      tap((session) => performance.mark(name, { detail: { session } })),
    );
  const connected$ = recovery$.pipe(
    filter(({ step }) => step === 'well'),
    take(1),
    switchMap(() => mark('call:connected')),
  );
  const restored$ = recovery$.pipe(
    pairwise(),
    filter(([before, now]) => before.silent && !now.silent),
    switchMap(() => mark('call:restored')),
  );
  return merge(connected$, restored$);
};
