import type { Signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, type Observable, switchMap } from 'rxjs';

/** Subscribes to `what$` while a signal is true. Must be called in an injection context, and ends with it. */
export const whileOn = <T>(on: Signal<boolean>, what$: Observable<T>): Observable<T> =>
  toObservable(on).pipe(
    switchMap((now) => (now ? what$ : EMPTY)),
    takeUntilDestroyed(),
  );
