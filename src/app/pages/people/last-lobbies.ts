import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { KnownLobbies } from '../../people/known-lobbies';
import { injectLobbyLabel } from './lobby-label';

/** How many lobbies the start page shows; the others are one press away. */
const SHOWN = 2;

/** Links on the start page to the lobbies that were opened last. */
@Component({
  selector: 'parley-last-lobbies',
  imports: [RouterLink],
  template: `
    @if (last().length > 0) {
      <nav [attr.aria-label]="t('lobbies')">
        @for (lobby of last(); track lobby.code) {
          <a class="button tonal lobby" routerLink="/lobby" [fragment]="lobby.code">
            <bdi>{{ label(lobby.code) }}</bdi>
          </a>
        }
        <a class="button text all" routerLink="/lobby">{{ t('lobbies.all') }}</a>
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      justify-content: center;
      gap: 0.5rem;
    }
    .lobby {
      flex: 0 1 auto;
      min-inline-size: 0;
      padding-inline: 1rem;
      font-weight: 500;
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .all {
      flex: none;
    }
    /* The narrowest phones have room for one name. */
    @media (max-width: 22.5rem) {
      .lobby ~ .lobby {
        display: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LastLobbies {
  protected readonly t = injectTexts(peopleTexts);
  protected readonly label = injectLobbyLabel();
  private readonly known = inject(KnownLobbies);

  protected readonly last = computed(() => this.known.lobbies().slice(0, SHOWN));
}
