import { DOCUMENT, effect, inject } from '@angular/core';

/**
 * Makes the browser ask before the page is closed or reloaded (HTML, section 7.4.2.4), while `needed` is true. Otherwise there
 * is no listener, because it would keep some browsers from caching the page for Back. Must be called in an injection context.
 *
 * @param needed reads signals
 */
export function askBeforeUnload(needed: () => boolean): void {
  const window = inject(DOCUMENT).defaultView;
  effect((onCleanup) => {
    if (!needed()) return;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
      // Chromium before 119 and older Safari check only this.
      event.returnValue = true;
    };
    window?.addEventListener('beforeunload', ask);
    onCleanup(() => window?.removeEventListener('beforeunload', ask));
  });
}
