import { inject, Injectable } from '@angular/core';

import { KeptText } from './kept-text';
import { LOCAL_STORAGE } from './local-storage';

/** Small settings of this device, shared by all tabs. A browser that blocks storage forgets them when the page is closed. */
@Injectable({ providedIn: 'root' })
export class Remembered extends KeptText {
  constructor() {
    const storage = inject(LOCAL_STORAGE);
    super(() => storage);
  }
}
