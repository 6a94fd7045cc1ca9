import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap } from 'rxjs';

import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { AUDIO_CONTEXT, soundLevel } from './sound-level';

/** Shows whether one's microphone hears anything. */
@Component({
  selector: 'parley-level-meter',
  template: `<div class="track">
    <div class="bar" [style.transform]="'scaleX(' + level() + ')'"></div>
  </div>`,
  styles: `
    .track {
      block-size: 0.5rem;
      border-radius: 0.25rem;
      background: var(--mat-sys-surface-container-highest);
      overflow: hidden;
    }
    .bar {
      block-size: 100%;
      background: var(--mat-sys-primary);
      transform-origin: 0 50%;
      transition: transform 80ms linear;
    }
  `,
  host: {
    role: 'meter',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-label]': "t('device.level')",
    '[attr.aria-valuenow]': 'percent()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LevelMeter {
  readonly track = input<MediaStreamTrack | null>(null);

  protected readonly t = injectTexts(callTexts);
  private readonly create = inject(AUDIO_CONTEXT);
  protected readonly level = toSignal(
    toObservable(this.track).pipe(switchMap((track) => (track ? soundLevel(track, this.create) : of(0)))),
    { initialValue: 0 },
  );

  protected percent(): number {
    return Math.round(this.level() * 100);
  }
}
