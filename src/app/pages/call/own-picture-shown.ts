import { inject, Injectable, signal } from '@angular/core';

import { Remembered } from '../../storage/remembered';

const key = 'parley.ownPicture';

/** Whether a person sees their own picture in a call. Others see it all the same. Remembered on this device. */
@Injectable({ providedIn: 'root' })
export class OwnPictureShown {
  private readonly remembered = inject(Remembered);
  private readonly wanted = signal(this.remembered.get(key) !== 'hidden');

  readonly on = this.wanted.asReadonly();

  turn(on: boolean): void {
    this.wanted.set(on);
    this.remembered.set(key, on ? null : 'hidden');
  }
}
