import { ChangeDetectionStrategy, Component } from '@angular/core';

import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';

/** Placeholder for a part whose code is loading: shows progress after 300 ms. Before that it is neither visible nor read out. */
@Component({
  selector: 'parley-arriving',
  template: `<p role="status">{{ t('arriving') }}</p>`,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      padding: 1.5rem;
      visibility: hidden;
      animation: parley-arriving 1ms 300ms forwards;
    }
    p {
      margin: 0;
      font: var(--mat-sys-body-medium);
    }
    p::before {
      content: '';
      display: block;
      inline-size: 1.75rem;
      block-size: 1.75rem;
      margin: 0 auto 0.75rem;
      border: 3px solid var(--mat-sys-outline-variant);
      border-block-start-color: var(--mat-sys-primary);
      border-radius: 50%;
      animation: parley-arriving-turn 1s linear infinite;
    }
    @keyframes parley-arriving {
      to {
        visibility: visible;
      }
    }
    @keyframes parley-arriving-turn {
      to {
        rotate: 1turn;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      p::before {
        animation: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Arriving {
  protected readonly t = injectTexts(callTexts);
}
