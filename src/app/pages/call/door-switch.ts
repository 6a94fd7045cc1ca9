import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';

import { Call } from '../../call/call';
import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';

/** For whoever made the call: whether newcomers may come in. */
@Component({
  selector: 'parley-door-switch',
  template: `<button type="button" role="switch" [attr.aria-checked]="open()" (click)="call.setOpen(!open())">
    <span>{{ t('people.open') }}</span>
    <span class="track"><span class="knob"></span></span>
  </button>`,
  styleUrl: './door-switch.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DoorSwitch {
  readonly open = input.required<boolean>();

  protected readonly t = injectTexts(callTexts);
  protected readonly call = inject(Call);
}
