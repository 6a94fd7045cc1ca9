import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { devicesTexts } from '../../../i18n/devices';
import { injectTexts } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { Switch } from '../../../ui/switch/switch';

let blurs = 0;

/** Turns on the blur that ships with Parley, and says what it costs. Empty where browser or camera have their own. */
@Component({
  selector: 'parley-background-blur',
  imports: [Switch],
  template: `
    @if (state().status !== 'absent') {
      @if (isSwitchable()) {
        <button parleySwitch [on]="on()" [attr.aria-describedby]="id" (click)="turn(!on())">
          {{ t('backgroundBlur') }}
        </button>
      }
      <p [id]="id" role="status">{{ words() }}</p>
    }
  `,
  styleUrl: './background-blur.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BackgroundBlur {
  protected readonly t = injectTexts(devicesTexts);
  protected readonly id = `blur-${++blurs}`;
  private readonly media = inject(LocalMedia);
  protected readonly state = toSignal(this.media.blur$, { requireSync: true });
  private readonly tuning = toSignal(this.media.tuning$, { requireSync: true });
  protected readonly on = computed(() => this.tuning().backgroundBlur === true);
  /** Left out where it can't work. While it is on, it can always be turned off. */
  protected readonly isSwitchable = computed(() => {
    const state = this.state();
    if (this.on()) return true;
    return state.status !== 'unsupported' && !(state.status === 'off' && state.slow !== null);
  });
  protected readonly words = computed(() => {
    const state = this.state();
    switch (state.status) {
      case 'off':
        return state.slow === null
          ? this.t('blur.off')
          : this.t('blur.leftOut', { percent: percent(state.slow) });
      case 'on':
        return state.share === null
          ? this.t('blur.measuring')
          : this.t('blur.on', { percent: percent(state.share) });
      case 'failed':
        return state.reason === 'slow'
          ? this.t('blur.slow', { percent: percent(state.share ?? 1) })
          : this.t(state.reason === 'failed' ? 'blur.failed' : 'blur.unsupported');
      case 'starting':
        return this.t('blur.starting');
      default:
        return this.t('blur.unsupported');
    }
  });

  protected turn(on: boolean): void {
    this.media.tune('backgroundBlur', on);
  }
}

/** In steps of 5 that suit the precision of the measurement; at least 5. */
const percent = (share: number): number => Math.max(5, Math.round(share * 20) * 5);
