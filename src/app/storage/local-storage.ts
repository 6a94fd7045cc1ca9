import { DOCUMENT, inject, InjectionToken } from '@angular/core';

import { noteError } from '../log/note';

/** `window.localStorage`; `null` where the browser blocks it, which makes reading the property throw. */
export const LOCAL_STORAGE = new InjectionToken<Storage | null>('Storage', {
  factory: () => {
    try {
      return inject(DOCUMENT).defaultView?.localStorage ?? null;
    } catch (error) {
      noteError('storage', 'local', error);
      return null;
    }
  },
});
