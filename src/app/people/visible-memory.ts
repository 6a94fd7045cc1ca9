import { inject, Injectable, signal } from '@angular/core';
import { fromEvent } from 'rxjs';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { readCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';
import { cleanPersonName } from '../text/person-name';

/** Where the person has chosen to be visible, and as whom. */
export interface Wish {
  readonly code: string;
  readonly name: string;
  readonly doNotDisturb: boolean;
}

const KEY = 'parley.visible';
/** As the box for it takes, in UTF-16 code units. */

/** What was chosen, kept on this device and the same in all of its pages; null where it is off, as it is until chosen. */
@Injectable({ providedIn: 'root' })
export class VisibleMemory {
  private readonly remembered = inject(Remembered);
  private readonly held = signal(this.stored());

  readonly wish = this.held.asReadonly();

  constructor() {
    fromEvent<StorageEvent>(window, 'storage')
      .pipe(takeUntilDestroyed())
      .subscribe(({ key }) => {
        if (key === KEY || key === null) this.held.set(this.stored());
      });
  }

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
