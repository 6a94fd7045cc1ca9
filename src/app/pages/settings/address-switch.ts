import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { Ice } from '../../servers/ice';
import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Switch } from '../../ui/switch/switch';

/** Whether this person's network address is hidden from peers, and what that costs. */
@Component({
  selector: 'parley-address-switch',
  imports: [Switch],
  template: `
    <button parleySwitch [on]="ice.relayOnly()" aria-describedby="address-cost" (click)="toggle()">
      {{ t('settings.hideAddress') }}
    </button>
    <p id="address-cost">{{ t('settings.hideAddress.cost') }}</p>
  `,
  styles: `
    p {
      margin-block: 0.25rem 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AddressSwitch {
  protected readonly t = injectTexts(shellTexts);
  protected readonly ice = inject(Ice);

  protected toggle(): void {
    this.ice.hideAddress(!this.ice.relayOnly());
  }
}
