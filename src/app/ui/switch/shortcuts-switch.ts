import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { KeyShortcuts } from '../key-shortcuts';
import { Switch } from './switch';

/** Turns the keyboard shortcuts of a call on and off. */
@Component({
  selector: 'parley-shortcuts-switch',
  imports: [Switch],
  template: `<button parleySwitch [on]="shortcuts.on()" (click)="shortcuts.turn(!shortcuts.on())">
    {{ t('settings.shortcuts') }}
  </button>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShortcutsSwitch {
  protected readonly t = injectTexts(shellTexts);
  protected readonly shortcuts = inject(KeyShortcuts);
}
