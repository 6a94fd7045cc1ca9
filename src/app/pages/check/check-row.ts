import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import type { CheckState } from '../../doctor/finding';
import { checkTexts } from '../../i18n/check';
import { injectTexts } from '../../i18n/i18n';
import { checkIcon, hourglassTopIcon } from '../../ui/icon/call-icons';
import { Icon, type IconPath } from '../../ui/icon/icon';
import { errorIcon, infoIcon, warningIcon } from '../../ui/icon/icons';
import type { CheckRow as Row } from './check-rows';

const icons: Readonly<Record<CheckState, IconPath>> = {
  waiting: hourglassTopIcon,
  running: hourglassTopIcon,
  well: checkIcon,
  note: infoIcon,
  warning: warningIcon,
  failed: errorIcon,
};

/** A check: its state, what was found and what to do. Its content shows what else belongs to it. */
@Component({
  selector: 'li[parleyCheckRow]',
  imports: [Icon],
  template: `
    @if (row().state === 'running') {
      <span class="sign spinner"></span>
    } @else {
      <parley-icon class="sign" [path]="icon()" />
    }
    <div class="words">
      <h3>
        {{ row().name }}
        <span class="visually-hidden">{{ stateText() }}</span>
      </h3>
      @if (row().which) {
        <p class="which" lang="">{{ row().which }}</p>
      }
      <p>{{ row().found }}</p>
      @if (row().todo; as todo) {
        <p class="todo">{{ todo }}</p>
      }
      <ng-content />
    </div>
  `,
  styleUrl: './check-row.scss',
  host: { '[attr.data-state]': 'row().state', '[attr.data-check]': 'row().id' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CheckRow {
  readonly row = input.required<Row>({ alias: 'parleyCheckRow' });

  protected readonly t = injectTexts(checkTexts);
  protected readonly stateText = computed(() => this.t(`state.${this.row().state}`));
  protected readonly icon = computed(() => icons[this.row().state]);
}
