import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Sounds } from '../sounds';
import { Switch } from './switch';

/** Turns the sounds for arrivals, departures and messages on or off. */
@Component({
  selector: 'parley-sound-switch',
  imports: [Switch],
  template: `<button parleySwitch [on]="sounds.on()" (click)="sounds.turn(!sounds.on())">
    {{ t('settings.sounds') }}
  </button>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SoundSwitch {
  protected readonly t = injectTexts(shellTexts);
  protected readonly sounds = inject(Sounds);
}
