import { inject, signal } from '@angular/core';

import { Remembered } from './remembered';

/** Something that is on unless the person turns it off, on this device. Base class of services. */
export abstract class RememberedSwitch {
  private readonly remembered = inject(Remembered);
  private readonly wanted;
  readonly on;

  /** @param off the stored text that means off; without one it is on */
  protected constructor(
    private readonly key: string,
    private readonly off: string,
  ) {
    this.wanted = signal(this.remembered.get(key) !== off);
    this.on = this.wanted.asReadonly();
  }

  turn(on: boolean): void {
    this.wanted.set(on);
    this.remembered.set(this.key, on ? null : this.off);
  }
}
