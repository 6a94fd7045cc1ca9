import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import type { ConnectionQuality } from '../../../pictures/picture-flow';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';

/** Quality of the connection to a peer, as four bars and, for screen readers, in words. */
@Component({
  selector: 'parley-quality-bars',
  template: `
    @for (bar of bars; track bar) {
      <span [class.full]="bar <= quality()"></span>
    }
    <span class="visually-hidden">{{ t(words[quality()]) }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: flex-end;
      gap: 0.125rem;
      block-size: 0.875rem;
    }
    span:not(.visually-hidden) {
      inline-size: 0.1875rem;
      border-radius: 0.0625rem;
      background: rgb(255 255 255 / 35%);
    }
    span:nth-child(1) {
      block-size: 25%;
    }
    span:nth-child(2) {
      block-size: 50%;
    }
    span:nth-child(3) {
      block-size: 75%;
    }
    span:nth-child(4) {
      block-size: 100%;
    }
    span.full:not(.visually-hidden) {
      background: #fff;
    }
  `,
  host: { '[attr.data-quality]': 'quality()', '[title]': 't(words[quality()])' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QualityBars {
  readonly quality = input.required<ConnectionQuality>();

  protected readonly t = injectTexts(callTexts);
  protected readonly bars = [1, 2, 3, 4] as const;
  protected readonly words = ['quality.0', 'quality.1', 'quality.2', 'quality.3', 'quality.4'] as const;
}
