import { inject, Injectable } from '@angular/core';

import { readCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';
import { injectSharedSignal } from '../storage/shared-signal';
import { cleanPersonName } from '../text/person-name';

/** Where the person has chosen to be visible, and under which name. */
export interface Wish {
  readonly code: string;
  readonly name: string;
  readonly doNotDisturb: boolean;
}

const KEY = 'parley.visible';

/** The person's choice, kept on this device and shared by all of its pages; null while off, which is the default. */
@Injectable({ providedIn: 'root' })
export class VisibleMemory {
  private readonly remembered = inject(Remembered);
  private readonly held = injectSharedSignal(KEY, () => this.stored());

  readonly wish = this.held.asReadonly();

  set(wish: Wish | null): void {
    this.held.set(wish);
    if (wish) this.remembered.setRecord(KEY, wish);
    else this.remembered.set(KEY, null);
  }

  private stored(): Wish | null {
    const { code, name, doNotDisturb } = this.remembered.record(KEY) ?? {};
    const place = typeof code === 'string' ? readCode(code) : null;
    return place !== null && typeof name === 'string'
      ? { code: place, name: cleanPersonName(name), doNotDisturb: doNotDisturb === true }
      : null;
  }
}
