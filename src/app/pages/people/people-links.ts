import { ChangeDetectionStrategy, Component, computed, DOCUMENT, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances } from '../../people/acquaintances';
import { Icon } from '../../ui/icon/icon';
import { keyboardArrowDownIcon } from '../../ui/icon/panel-icons';
import { callMissedIcon } from '../../ui/icon/people-icons';

/** Links on the start page: down to the people who are here, and to the missed calls. */
@Component({
  selector: 'parley-people-links',
  imports: [Icon, RouterLink],
  template: `
    @if (below()) {
      <button
        type="button"
        class="button text down"
        [class.beside]="missed() !== null"
        [attr.aria-label]="t('toPeople')"
        (click)="goDown()"
      >
        <parley-icon [path]="icons.down" />
        <span class="word">{{ t('toPeople') }}</span>
      </button>
    }
    @if (missed(); as missed) {
      <a class="button missed" routerLink="/lobby" [attr.aria-label]="missed.words">
        <parley-icon [path]="icons.missed" />
        {{ missed.count }}
      </a>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    .down {
      gap: 0.25rem;
    }
    .missed.missed {
      gap: 0.25rem;
      padding-inline: 0.875rem;
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
    /* One line on every phone: the first screen stays as it was. */
    @media (max-width: 26rem) {
      .down {
        padding-inline: 0.5rem;
      }
      .down parley-icon,
      .down.beside .word {
        display: none;
      }
      .down.beside parley-icon {
        display: inline-flex;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeopleLinks {
  /** Whether the people are listed further down on the page. */
  readonly below = input.required<boolean>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = { down: keyboardArrowDownIcon, missed: callMissedIcon };
  private readonly i18n = inject(I18n);
  private readonly document = inject(DOCUMENT);
  private readonly acquaintances = inject(Acquaintances);

  protected readonly missed = computed(() => {
    const count = this.acquaintances.missed();
    return count > 0 ? { count, words: this.t(`missed.${this.i18n.plural(count)}`, { count }) } : null;
  });

  protected goDown(): void {
    const heading = this.document.getElementById('people-heading');
    heading?.closest('parley-people-view')?.scrollIntoView({ behavior: 'smooth' });
    heading?.focus({ preventScroll: true });
  }
}
