import { Injectable } from '@angular/core';
import {
  delay,
  distinctUntilChanged,
  filter,
  first,
  map,
  Observable,
  of,
  pairwise,
  race,
  startWith,
  switchMap,
  timer,
} from 'rxjs';

import { Holds } from '../loading/holds';

/** Whoever is in a call is said to be in one this long after there are two, ms … */
const TOGETHER = 2_000;
/** … and at the latest this long after going there. */
const ALONE = 8_000;

/** Whether this page is in a call, told by the call's page. */
@Injectable({ providedIn: 'root' })
export class Engagement {
  private readonly calls = new Holds();
  private readonly meetings = new Holds();

  /** Starts with how it is now. */
  readonly engaged$ = this.calls.held$;
  /** Emits when there is no call any more. */
  readonly over$ = this.engaged$.pipe(
    pairwise(),
    filter(([before, now]) => before && !now),
    map(() => undefined),
  );
  /**
   * Whether others are to know of the call. Not at once: the way into it has nothing beside it, and whoever is rung may accept at
   * any moment. Starts with false.
   */
  readonly settled$: Observable<boolean> = this.engaged$.pipe(
    switchMap((engaged) =>
      engaged
        ? race(timer(ALONE), this.meetings.held$.pipe(first(Boolean), delay(TOGETHER))).pipe(map(() => true))
        : of(false),
    ),
    startWith(false),
    distinctUntilChanged(),
  );

  /** Whether there are two in it, who see each other; starts with how it is now. */
  readonly together$ = this.meetings.held$;

  get engaged(): boolean {
    return this.calls.held;
  }

  /** A call begins; the returned function ends it, once. */
  begin(): () => void {
    return this.calls.hold();
  }

  /** In a call of this page there are two, and see each other; the returned function ends that, once. */
  meet(): () => void {
    return this.meetings.hold();
  }
}
