import { DOCUMENT, inject, Injectable, Injector } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Parts } from '../../loading/parts';

/** Options of a passing message, which has at most one action. */
export interface SnackOptions {
  readonly action?: { readonly label: string; readonly do: () => void };
  /** Display time in ms; 5,000 without an action and 10,000 with one by default. */
  readonly duration?: number;
  /** Where it isn't in the way: `top` in a call, whose controls are at the bottom. */
  readonly position?: 'top' | 'bottom';
  /** Takes the message away when it aborts. */
  readonly until?: AbortSignal;
}

/** Passing messages, shown and announced by Material's snack bar, which is loaded with the first one. */
@Injectable({ providedIn: 'root' })
export class Snack {
  private readonly injector = inject(Injector);
  private readonly parts = inject(Parts);
  private readonly t = injectTexts(shellTexts);
  private readonly document = inject(DOCUMENT);

  /** A newer message replaces an older one. Resolves when it shows. */
  async show(
    text: string,
    { action, duration, position = 'bottom', until }: SnackOptions = {},
  ): Promise<void> {
    const { MatSnackBar } = await this.parts.load(() => import('@angular/material/snack-bar'));
    if (until?.aborted) return;
    const bar = this.injector.get(MatSnackBar).open(text, action?.label ?? this.t('snack.close'), {
      duration: duration ?? (action ? 10_000 : 5_000),
      verticalPosition: position,
    });
    if (action) bar.onAction().subscribe(action.do);
    until?.addEventListener('abort', () => bar.dismiss());
    const focus = lastFocusOutside(this.document);
    bar.afterDismissed().subscribe(focus.restore);
  }
}

/** Notes what has the focus besides the message, and gives the focus back when the message took it along. */
function lastFocusOutside(document: Document): { readonly restore: () => void } {
  let last = document.activeElement;
  const note = ({ target }: Event) => {
    if (target instanceof Element && !target.closest('mat-snack-bar-container')) last = target;
  };
  document.addEventListener('focusin', note);
  return {
    restore: () => {
      document.removeEventListener('focusin', note);
      if (document.activeElement === document.body && last instanceof HTMLElement) last.focus();
    },
  };
}
