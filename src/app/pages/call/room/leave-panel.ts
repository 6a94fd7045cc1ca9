import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Call } from '../../../call/call';
import { hostingTexts } from '../../../i18n/hosting';
import { injectTexts } from '../../../i18n/i18n';

/** For a host who leaves several others: whether the call continues without them. */
@Component({
  selector: 'parley-leave-panel',
  imports: [MatButton],
  template: `
    <p>{{ t('leave.text') }}</p>
    <button type="button" matButton="filled" (click)="call.leave()">{{ t('leave') }}</button>
    <button type="button" matButton="outlined" (click)="call.end()">{{ t('end') }}</button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.75rem;
    }
    p {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LeavePanel {
  protected readonly t = injectTexts(hostingTexts);
  protected readonly call = inject(Call);
}
