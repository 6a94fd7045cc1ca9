import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { troublesTexts } from '../../../i18n/troubles';
import { LocalMedia } from '../../../media/local-media';
import { devicesOf, type Trouble } from '../../../media/media';
import { Icon } from '../../../ui/icon/icon';
import { closeIcon, warningIcon } from '../../../ui/icon/icons';

/** Why a microphone or camera doesn't work, or neither does; what to do about it, and a button that does it. */
@Component({
  selector: 'parley-input-trouble',
  imports: [Icon, MatButton],
  template: `
    <parley-icon [path]="icons.warning" />
    <div class="body">
      <div class="words">
        <strong>{{ title() }}</strong>
        <p>{{ t(text()) }}</p>
        @if (before()) {
          <p>{{ t(without()) }}</p>
        }
      </div>
      <button type="button" matButton="outlined" (click)="remedy()">{{ label() }}</button>
    </div>
    @if (!before()) {
      <button
        type="button"
        class="button icon"
        [attr.aria-label]="t('media.dismiss')"
        (click)="dismissed.emit()"
      >
        <parley-icon [path]="icons.close" />
      </button>
    }
  `,
  styleUrl: './input-trouble.scss',
  host: { role: 'group', '[attr.aria-label]': 'title()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InputTrouble {
  readonly trouble = input.required<Trouble>();
  /** Whether the person hasn't joined yet, and may want to know that the device is optional. */
  readonly before = input(false);
  /** The person has read it; only in a call. */
  readonly dismissed = output();

  protected readonly t = injectTexts(troublesTexts);
  private readonly words = injectTexts(callTexts);
  protected readonly icons = { close: closeIcon, warning: warningIcon };
  protected readonly without = computed(() => `media.without.${this.trouble().devices}` as const);
  protected readonly label = computed(() => {
    const { devices, reason } = this.trouble();
    if (reason === 'held') return this.t('media.camera.held.unblur');
    return devices === 'both' ? this.words('tryAgain') : this.t(`media.tryAgain.${devices}`);
  });
  protected readonly title = computed(() => {
    const { devices, reason } = this.trouble();
    if (reason === 'held') return this.words('media.camera.held.title');
    if (reason === 'muted') return this.words(`media.${devices}.muted.title`);
    return this.t(`media.${devices}.${reason}.title`);
  });
  protected readonly text = computed(() => {
    const trouble = this.trouble();
    return trouble.reason === 'held'
      ? (`media.camera.held.${trouble.trouble}` as const)
      : (`media.${trouble.devices}.${trouble.reason}.text` as const);
  });
  private readonly media = inject(LocalMedia);

  protected remedy(): void {
    const trouble = this.trouble();
    if (trouble.reason === 'held') return this.media.tune('backgroundBlur', false);
    for (const device of devicesOf(trouble)) {
      // It is open, but the system has muted it; some systems give it back only after a new request.
      if (trouble.reason === 'muted') this.media.reopen(device);
      else this.media.turn(device, true);
    }
  }
}
