import { Injectable } from '@angular/core';

import { RememberedSwitch } from '../../../storage/remembered-switch';

/** Whether a person sees their own picture in a call. Others see it all the same. Remembered on this device. */
@Injectable({ providedIn: 'root' })
export class OwnPictureShown extends RememberedSwitch {
  constructor() {
    super('parley.ownPicture', 'hidden');
  }
}
