import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';

import { Call } from '../../../call/call';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Switch } from '../../../ui/switch/switch';

/** For the host: whether new members may join without being admitted. */
@Component({
  selector: 'parley-door-switch',
  imports: [Switch],
  template: `<button parleySwitch [on]="open()" (click)="call.setDoor(open() ? 'closed' : 'open')">
    {{ t('people.open') }}
  </button>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DoorSwitch {
  readonly open = input.required<boolean>();

  protected readonly t = injectTexts(callTexts);
  protected readonly call = inject(Call);
}
