import { Injectable } from '@angular/core';

import { RememberedSwitch } from '../../../storage/remembered-switch';

/** Whether three or more members are shown as a grid of equals, or the speaker large. Remembered on this device. */
@Injectable({ providedIn: 'root' })
export class GridView extends RememberedSwitch {
  constructor() {
    super('parley.view', 'speaker');
  }
}
