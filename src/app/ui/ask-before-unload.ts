import { DOCUMENT, effect, inject } from '@angular/core';

/**
 * Has the browser ask before the page is closed or reloaded (HTML, section 7.4.2.4), as long as `needed` is true. Otherwise
 * there is no listener, which would keep some browsers from storing the page for Back. To be called where injection is
 * possible.
 *
 * @param needed reads signals
 */
export function askBeforeUnload(needed: () => boolean): void {
  const window = inject(DOCUMENT).defaultView;
  effect((onCleanup) => {
    if (!needed()) return;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
      // Chromium before 119 and older Safari look at this alone.
      event.returnValue = true;
    };
    window?.addEventListener('beforeunload', ask);
    onCleanup(() => window?.removeEventListener('beforeunload', ask));
  });
}
