import {
  distinctUntilChanged,
  EMPTY,
  merge,
  Observable,
  scan,
  startWith,
  Subject,
  switchMap,
  tap,
  timer,
} from 'rxjs';

import type { LinkRole } from '../rtc/link-role';
import { newRecovery, patience, recover, Recovery, RecoveryEvent } from './recovery';

/** A link's recovery, driven by events and by time; starts with the present state. */
export const recovering = (role: LinkRole, events$: Observable<RecoveryEvent>): Observable<Recovery> =>
  new Observable((subscriber) => {
    const elapsed$ = new Subject<RecoveryEvent>();
    const begun = newRecovery(role);
    const state$ = merge(elapsed$, events$).pipe(
      scan(recover, begun),
      startWith(begun),
      distinctUntilChanged(),
    );
    // Each restart gets the full timeout of its step.
    const waiting$ = (state: Recovery) => {
      const limit = patience(state);
      return limit === null ? EMPTY : timer(limit).pipe(tap(() => elapsed$.next('elapsed')));
    };
    const shown$ = new Subject<Recovery>();
    // Hearing the peer doesn't extend a step: a peer that is heard now and then would hold it forever.
    const isSameWait = (a: Recovery, b: Recovery) => a.step === b.step && a.restarts === b.restarts;
    const subscription = shown$.pipe(distinctUntilChanged(isSameWait), switchMap(waiting$)).subscribe();
    subscription.add(shown$.subscribe(subscriber));
    subscription.add(state$.subscribe(shown$));
    return subscription;
  });
