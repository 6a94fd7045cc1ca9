import { DOCUMENT, inject, Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map, merge, of } from 'rxjs';

/** Whether the browser believes it has a network. `true` proves nothing; `false` is reliable. */
export const injectOnline = (): Signal<boolean> => {
  const window = inject(DOCUMENT).defaultView;
  if (!window) return toSignal(of(true), { requireSync: true });
  return toSignal(
    merge(of(null), fromEvent(window, 'online'), fromEvent(window, 'offline')).pipe(
      map(() => window.navigator.onLine),
    ),
    { requireSync: true },
  );
};
