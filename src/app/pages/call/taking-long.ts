import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  inject,
  InjectionToken,
  input,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';

/** Time after which a wait counts as long, in ms. */
export const LONG = new InjectionToken<number>('long', { factory: () => 8_000 });

/** After eight seconds on the page, says that the wait is taking long, and what to do. */
@Component({
  selector: 'parley-taking-long',
  imports: [MatButton, RouterLink],
  template: `
    <p role="status">{{ long() ? t(of() === 'looking' ? 'prejoin.slow' : 'room.slow') : '' }}</p>
    @if (long() && of() === 'looking') {
      <a matButton routerLink="/check">{{ t('findOut') }}</a>
    }
  `,
  styles: `
    p {
      margin: 0;
    }
    p:empty {
      display: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TakingLong {
  /** What the person is waiting for: the call, or a seat in it. */
  readonly of = input.required<'looking' | 'joining'>();

  protected readonly t = injectTexts(callTexts);
  protected readonly long = signal(false);

  constructor() {
    const timer = setTimeout(() => this.long.set(true), inject(LONG));
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  }
}
