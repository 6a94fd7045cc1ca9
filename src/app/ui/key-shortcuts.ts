import { Injectable } from '@angular/core';

import { RememberedSwitch } from '../storage/remembered-switch';

/** Whether single keys do something in a call. A person can turn them off (WCAG 2.2, 2.1.4), on this device. */
@Injectable({ providedIn: 'root' })
export class KeyShortcuts extends RememberedSwitch {
  constructor() {
    super('parley.shortcuts', 'off');
  }
}
