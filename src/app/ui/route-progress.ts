import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Router } from '@angular/router';

import { injectTexts } from '../i18n/i18n';
import { shellTexts } from '../i18n/shell';

/** Shows, after 300 ms, that the next page is loading. Before that it is neither visible nor read out. */
@Component({
  selector: 'parley-route-progress',
  template: `@if (going()) {
    <div role="progressbar" [attr.aria-label]="t('app.loading')"></div>
  }`,
  styles: `
    div {
      position: fixed;
      z-index: 9;
      inset: 0 0 auto;
      block-size: 3px;
      background: var(--mat-sys-primary);
      visibility: hidden;
      transform-origin: 0;
      animation:
        parley-show 1ms 300ms forwards,
        parley-fill 8s 300ms ease-out both;

      &:dir(rtl) {
        transform-origin: 100%;
      }
    }
    @keyframes parley-show {
      to {
        visibility: visible;
      }
    }
    @keyframes parley-fill {
      from {
        scale: 0.05 1;
      }
      to {
        scale: 0.95 1;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RouteProgress {
  protected readonly t = injectTexts(shellTexts);
  private readonly router = inject(Router);
  protected readonly going = computed(() => this.router.currentNavigation() !== null);
}
