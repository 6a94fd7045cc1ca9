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

/** A person shows as busy this long after the call has two connected members, in ms … */
const CONNECTED_DELAY = 2_000;
/** … and at the latest this long after they entered the call, in ms. */
const ENTERED_DELAY = 8_000;

/** Whether this page is in a call, as reported by the call page. */
@Injectable({ providedIn: 'root' })
export class Engagement {
  private readonly calls = new Holds();
  private readonly connectedCalls = new Holds();
  private readonly sharedCalls = new Holds();

  /** Starts with the current value. */
  readonly engaged$ = this.calls.held$;
  /** Emits when the page has left its last call. */
  readonly over$ = this.engaged$.pipe(
    pairwise(),
    filter(([before, now]) => before && !now),
    map(() => undefined),
  );
  /**
   * Whether to show the person as busy. Delayed, so that no other write competes with joining, and because a callee may accept
   * at any moment. Starts with false.
   */
  readonly settled$: Observable<boolean> = this.engaged$.pipe(
    switchMap((engaged) =>
      engaged
        ? race(
            timer(ENTERED_DELAY),
            this.connectedCalls.held$.pipe(first(Boolean), delay(CONNECTED_DELAY)),
          ).pipe(map(() => true))
        : of(false),
    ),
    startWith(false),
    distinctUntilChanged(),
  );

  /** Whether a call of this page has two connected members; starts with the current value. */
  readonly connected$ = this.connectedCalls.held$;

  get engaged(): boolean {
    return this.calls.held;
  }

  /** Whether a call of this page has other members, connected or not. */
  get shared(): boolean {
    return this.sharedCalls.held;
  }

  /** Marks the start of a call; the returned function ends it, once. */
  begin(): () => void {
    return this.calls.hold();
  }

  /** Marks that a call of this page has two connected members; the returned function ends that, once. */
  markConnected(): () => void {
    return this.connectedCalls.hold();
  }

  /** Marks that a call of this page has other members; the returned function ends that, once. */
  markShared(): () => void {
    return this.sharedCalls.hold();
  }
}
