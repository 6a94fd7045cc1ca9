import { Injectable } from '@angular/core';
import { NEVER, Observable, switchMap, take, timer } from 'rxjs';

import { Holds } from '../loading/holds';

/** Required idle time, in ms. */
const AFTER = 3_000;

/**
 * Waits for a time to run deferrable work, such as storing the app on the device: such work would take network and
 * processor from a person joining a call. Urgent work holds it off:
 *
 *     inject(DestroyRef).onDestroy(inject(IdleTime).hold());
 */
@Injectable({ providedIn: 'root' })
export class IdleTime {
  private readonly holds = new Holds();

  /** Emits once, when there have been no holds for three seconds, and completes. */
  readonly come$: Observable<unknown> = this.holds.held$.pipe(
    switchMap((held) => (held ? NEVER : timer(AFTER))),
    take(1),
  );

  /** Defers `come$` until the returned function is called. Holds add up. */
  hold(): () => void {
    return this.holds.hold();
  }
}
