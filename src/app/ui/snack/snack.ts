import { inject, Injectable, Injector } from '@angular/core';

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
}

/** Passing messages, shown and announced by Material's snack bar, which is loaded with the first one. */
@Injectable({ providedIn: 'root' })
export class Snack {
  private readonly injector = inject(Injector);
  private readonly parts = inject(Parts);
  private readonly t = injectTexts(shellTexts);

  /** A newer message replaces an older one. Resolves when it shows. */
  async show(text: string, { action, duration, position = 'bottom' }: SnackOptions = {}): Promise<void> {
    const { MatSnackBar } = await this.parts.load(() => import('@angular/material/snack-bar'));
    const bar = this.injector.get(MatSnackBar).open(text, action?.label ?? this.t('snack.close'), {
      duration: duration ?? (action ? 10_000 : 5_000),
      verticalPosition: position,
    });
    if (action) bar.onAction().subscribe(action.do);
  }
}
