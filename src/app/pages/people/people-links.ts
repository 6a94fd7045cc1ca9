import { ChangeDetectionStrategy, Component, computed, DOCUMENT, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances } from '../../people/acquaintances';

/** From the start page: down to the people who are here, and to the calls that were missed. */
@Component({
  selector: 'parley-people-links',
  imports: [RouterLink],
  template: `
    @if (below()) {
      <button type="button" class="button text" (click)="goDown()">{{ t('toPeople') }}</button>
    }
    @if (missed(); as missed) {
      <a class="button tonal" routerLink="/lobby">{{ missed }}</a>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    a {
      padding-inline: 1.25rem;
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeopleLinks {
  /** Whether the people are listed further down on the page. */
  readonly below = input.required<boolean>();

  protected readonly t = injectTexts(peopleTexts);
  private readonly i18n = inject(I18n);
  private readonly document = inject(DOCUMENT);
  private readonly acquaintances = inject(Acquaintances);

  protected readonly missed = computed(() => {
    const count = this.acquaintances.missed();
    return count > 0 ? this.t(`missed.${this.i18n.plural(count)}`, { count }) : null;
  });

  protected goDown(): void {
    const heading = this.document.getElementById('people-heading');
    heading?.closest('parley-people-view')?.scrollIntoView({ behavior: 'smooth' });
    heading?.focus({ preventScroll: true });
  }
}
