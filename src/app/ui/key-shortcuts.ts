import { inject, Injectable, signal } from '@angular/core';

import { Remembered } from '../storage/remembered';

const key = 'parley.shortcuts';

/** Whether single keys do something in a call. A person can turn them off (WCAG 2.2, 2.1.4), on this device. */
@Injectable({ providedIn: 'root' })
export class KeyShortcuts {
  private readonly remembered = inject(Remembered);
  private readonly wanted = signal(this.remembered.get(key) !== 'off');

  readonly on = this.wanted.asReadonly();

  turn(on: boolean): void {
    this.wanted.set(on);
    this.remembered.set(key, on ? null : 'off');
  }
}
