import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { LocalMedia } from '../../media/local-media';
import type { Hindrance } from '../../media/media';
import { Icon } from '../../ui/icon/icon';
import { warningIcon } from '../../ui/icon/icons';

/** Why a microphone or camera doesn't work, what to do about it, and a button that does it. */
@Component({
  selector: 'parley-input-trouble',
  imports: [Icon, MatButton],
  template: `
    <parley-icon [path]="icon" />
    <div class="words">
      <strong>{{ t(title()) }}</strong>
      <p>{{ t(text()) }}</p>
      @if (before()) {
        <p>{{ t(without()) }}</p>
      }
    </div>
    <button type="button" matButton="outlined" (click)="remedy()">{{ t(label()) }}</button>
  `,
  styleUrl: './input-trouble.scss',
  host: { role: 'group', '[attr.aria-label]': 't(title())' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InputTrouble {
  readonly hindrance = input.required<Hindrance>();
  /** Whether the person hasn't joined yet, and may want to know that the device is optional. */
  readonly before = input(false);

  protected readonly t = injectTexts(callTexts);
  protected readonly icon = warningIcon;
  protected readonly without = computed(() => `media.without.${this.hindrance().device}` as const);
  protected readonly label = computed(() => {
    const { device, reason } = this.hindrance();
    return reason === 'held' ? 'media.camera.held.unblur' : (`media.tryAgain.${device}` as const);
  });
  protected readonly title = computed(() => {
    const hindrance = this.hindrance();
    return hindrance.reason === 'held'
      ? 'media.camera.held.title'
      : (`media.${hindrance.device}.${hindrance.reason}.title` as const);
  });
  protected readonly text = computed(() => {
    const hindrance = this.hindrance();
    return hindrance.reason === 'held'
      ? (`media.camera.held.${hindrance.trouble}` as const)
      : (`media.${hindrance.device}.${hindrance.reason}.text` as const);
  });
  private readonly media = inject(LocalMedia);

  protected remedy(): void {
    const { device, reason } = this.hindrance();
    if (reason === 'held') this.media.tune('backgroundBlur', false);
    // It is open, but the system has muted it; some systems give it back only after a new request.
    else if (reason === 'muted') this.media.reopen(device);
    else this.media.turn(device, true);
  }
}
