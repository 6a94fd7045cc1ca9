import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances } from '../../people/acquaintances';
import { arrowForwardIcon } from '../../ui/icon/icons';
import { Icon } from '../../ui/icon/icon';
import { Avatar } from './avatar';

/** Favourites in other lobbies than this one; shows nothing if there are none. */
@Component({
  selector: 'parley-other-favourites',
  imports: [Avatar, Icon, RouterLink],
  template: `
    @if (others().length > 0) {
      <section aria-labelledby="other-favourites">
        <h2 id="other-favourites">{{ t('favourites') }}</h2>
        <ul>
          @for (one of others(); track one.lobby + one.uid) {
            <li>
              <a routerLink="/lobby" [fragment]="one.lobby">
                <parley-avatar [name]="one.name || t('guest')" />
                <span
                  ><bdi>{{ one.name || t('guest') }}</bdi></span
                >
                <parley-icon [path]="icon" />
              </a>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    h2 {
      font: var(--mat-sys-title-large);
      font-weight: 600;
    }
    ul {
      margin: 0.25rem 0 0;
      padding: 0;
      list-style: none;
    }
    a {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      min-block-size: 3.75rem;
      color: inherit;
      text-decoration: none;
    }
    span {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    parley-icon {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OtherFavourites {
  /** The open lobby; null if none is open. */
  readonly code = input.required<string | null>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icon = arrowForwardIcon;
  private readonly acquaintances = inject(Acquaintances);

  protected readonly others = computed(() =>
    this.acquaintances.favourites().filter(({ lobby }) => lobby !== this.code()),
  );
}
