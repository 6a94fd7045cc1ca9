import { ChangeDetectionStrategy, Component } from '@angular/core';

import { injectTexts } from '../../../i18n/i18n';
import { shortcutsTexts } from '../../../i18n/shortcuts';
import { ShortcutsSwitch } from '../../../ui/switch/shortcuts-switch';
import { crowdShortcuts } from '../stage/crowd-keys';
import { shortcuts } from './shortcuts';

/** The help sheet of keyboard shortcuts. */
@Component({
  selector: 'parley-shortcuts-panel',
  imports: [ShortcutsSwitch],
  templateUrl: './shortcuts-panel.html',
  styles: `
    dl {
      margin: 0;
    }
    div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1rem;
      min-block-size: 2.75rem;
    }
    dd {
      display: flex;
      flex: none;
      gap: 0.25rem;
      margin: 0;
    }
    kbd {
      min-inline-size: 1rem;
      padding: 0.125rem 0.5rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 0.5rem;
      background: var(--mat-sys-surface-container-lowest);
      font: inherit;
      text-align: center;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShortcutsPanel {
  protected readonly t = injectTexts(shortcutsTexts);
  protected readonly shortcuts = [
    ...shortcuts.slice(0, 1),
    { action: 'talk', keys: ['Space'] },
    ...shortcuts.slice(1),
    ...crowdShortcuts,
    { action: 'escape', keys: ['Esc'] },
  ] as const;
}
