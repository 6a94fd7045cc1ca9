import { ChangeDetectionStrategy, Component } from '@angular/core';

import { injectTexts } from '../../../i18n/i18n';
import { privacyTexts } from '../../../i18n/privacy';

/** Explains who can see what in a call. Must stay true to SECURITY.md. */
@Component({
  selector: 'parley-privacy-panel',
  template: `
    @for (fact of facts; track fact) {
      <p>{{ t(fact) }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.75rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PrivacyPanel {
  protected readonly t = injectTexts(privacyTexts);
  protected readonly facts = ['media', 'members', 'link', 'database', 'relay', 'recording'] as const;
}
