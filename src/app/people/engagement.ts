import { Injectable } from '@angular/core';
import {
  BehaviorSubject,
  delay,
  distinctUntilChanged,
  filter,
  first,
  map,
  Observable,
  pairwise,
  race,
  timer,
} from 'rxjs';

/** Whoever is in a call is said to be in one this long after there are two, ms … */
const TOGETHER = 2_000;
/** … and at the latest this long after going there. */
const ALONE = 8_000;

/** Whether this page is in a call, told by the call's page. */
@Injectable({ providedIn: 'root' })
export class Engagement {
  private readonly calls = new BehaviorSubject(0);

  /** Starts with how it is now. */
  readonly engaged$ = this.calls.pipe(
    map((calls) => calls > 0),
    distinctUntilChanged(),
  );
  /** Emits when there is no call any more. */
  readonly over$ = this.engaged$.pipe(
    pairwise(),
    filter(([before, now]) => before && !now),
    map(() => undefined),
  );

  get engaged(): boolean {
    return this.calls.value > 0;
  }

  /** A call begins; the returned function ends it, once. */
  begin(): () => void {
    this.calls.next(this.calls.value + 1);
    let open = true;
    return () => {
      if (open) this.calls.next(this.calls.value - 1);
      open = false;
    };
  }
}

/**
 * Emits once, when somebody who has gone into a call is to be told of as being there.
 *
 * @param free$ whether nobody is on the way into it; starts with how it is now
 */
export const settled$ = (free$: Observable<boolean>): Observable<unknown> =>
  race(timer(ALONE), free$.pipe(first(Boolean), delay(TOGETHER)));
