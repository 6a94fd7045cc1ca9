import { Injectable } from '@angular/core';
import { NEVER, Observable, switchMap, take, timer } from 'rxjs';

import { Holds } from '../loading/holds';

/** So long must there have been nothing to do, ms. */
const AFTER = 3_000;

/**
 * The time for what can wait, as is storing the app on the device: it takes the network and the processor from whoever is
 * on the way into a call. Whoever is in a hurry holds it off:
 *
 *     inject(DestroyRef).onDestroy(inject(Leisure).hold());
 */
@Injectable({ providedIn: 'root' })
export class Leisure {
  private readonly holds = new Holds();

  /** Emits once, when nobody has been in a hurry for three seconds, and completes. */
  readonly come$: Observable<unknown> = this.holds.held$.pipe(
    switchMap((held) => (held ? NEVER : timer(AFTER))),
    take(1),
  );

  /** Puts it off until the returned function is called. Holds add up. */
  hold(): () => void {
    return this.holds.hold();
  }
}
