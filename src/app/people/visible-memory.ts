import { inject, Injectable, signal } from '@angular/core';
import { fromEvent } from 'rxjs';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { LOCAL_STORAGE } from '../media/local-storage';
import { cleanPersonName } from '../text/person-name';

/** Where the person has chosen to be visible, and as whom. */
export interface Wish {
  readonly code: string;
  readonly name: string;
  readonly doNotDisturb: boolean;
}

const KEY = 'parley.visible';
const MOST = 2_000;

/** What was chosen, kept on this device and the same in all of its pages; null where it is off, as it is until chosen. */
@Injectable({ providedIn: 'root' })
export class VisibleMemory {
  private readonly storage = inject(LOCAL_STORAGE);
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
    try {
      if (wish) this.storage?.setItem(KEY, JSON.stringify(wish));
      else this.storage?.removeItem(KEY);
    } catch {
      // Full or blocked: it holds until the page goes.
    }
  }

  private stored(): Wish | null {
    try {
      const text = this.storage?.getItem(KEY) ?? 'null';
      const held = JSON.parse(text.slice(0, MOST)) as Partial<Wish> | null;
      return typeof held?.code === 'string' && typeof held.name === 'string'
        ? { code: held.code, name: cleanPersonName(held.name), doNotDisturb: held.doNotDisturb === true }
        : null;
    } catch {
      return null;
    }
  }
}
