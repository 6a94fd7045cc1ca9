import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { outputFromObservable, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { distinctUntilChanged, map, shareReplay, startWith, switchMap } from 'rxjs';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances } from '../../people/acquaintances';
import { People, type LobbyState, type Person } from '../../people/people';
import { blockIcon, moreVertIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { callIcon, starFilledIcon, starIcon } from '../../ui/icon/people-icons';
import { AppearOnline } from './appear-online';
import { Avatar } from './avatar';
import { injectTroubleWords } from './trouble-words';

/** A person in the list. */
interface PersonView extends Person {
  /** The name, or a placeholder if it failed to decrypt. */
  readonly label: string;
  readonly favourite: boolean;
}

/** The people in a lobby, who can be called, and whether this person is visible there. */
@Component({
  selector: 'parley-people-view',
  imports: [AppearOnline, Avatar, Icon, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger],
  templateUrl: './people-view.html',
  styleUrl: './people-view.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeopleView {
  /** Code of the lobby. */
  readonly code = input.required<string>();
  /** Who can see the list: people with the code, or everyone who opens the site. */
  readonly place = input.required<'lobby' | 'public'>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly troubleWords = injectTroubleWords(true);
  protected readonly icons = {
    block: blockIcon,
    call: callIcon,
    more: moreVertIcon,
    star: starIcon,
    starFilled: starFilledIcon,
  };
  private readonly i18n = inject(I18n);
  private readonly people = inject(People);
  private readonly acquaintances = inject(Acquaintances);

  private readonly state$ = toObservable(this.code).pipe(
    switchMap((code) => this.people.lobby$(code).pipe(startWith<LobbyState>({ phase: 'opening' }))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  protected readonly state = toSignal(this.state$, {
    initialValue: { phase: 'opening' } satisfies LobbyState,
  });
  /** State of the lobby. */
  readonly phase = outputFromObservable(
    this.state$.pipe(
      map(({ phase }) => phase),
      distinctUntilChanged(),
    ),
  );

  /** Favourites first; blocked people are listed separately. */
  protected readonly listed = computed((): readonly PersonView[] => {
    const state = this.state();
    if (state.phase !== 'open') return [];
    const blocked = new Set(this.blocked().map(({ uid }) => uid));
    const favourites = new Set(this.here(this.acquaintances.favourites()).map(({ uid }) => uid));
    return state.people
      .filter(({ uid }) => !blocked.has(uid))
      .map((person) => ({
        ...person,
        label: person.name || this.t('guest'),
        favourite: favourites.has(person.uid),
      }))
      .toSorted((one, other) => Number(other.favourite) - Number(one.favourite));
  });
  /** Whether this person is visible somewhere, and so may look for themselves in this list. */
  protected readonly visible = computed(() => this.people.visibility() !== null);
  protected readonly blocked = computed(() => this.here(this.acquaintances.blocked()));
  protected readonly blockedCount = computed(() => {
    const count = this.blocked().length;
    return this.t(`blocked.${this.i18n.plural(count)}`, { count });
  });
  /** Maximum age of the list, in s; 0 while changes arrive at once. */
  protected readonly age = computed(() => {
    const state = this.state();
    return state.phase === 'open' ? Math.ceil(state.age / 1000) : 0;
  });

  protected call({ uid, name }: Person): void {
    this.people.ring(this.code(), { uid, name });
  }

  protected favour({ uid, name, favourite }: PersonView): void {
    void this.acquaintances.favour({ lobby: this.code(), uid, name }, !favourite);
  }

  protected block({ uid, name }: Pick<Person, 'uid' | 'name'>, on: boolean): void {
    void this.acquaintances.block({ lobby: this.code(), uid, name }, on);
  }

  protected look(): void {
    this.people.look();
  }

  private here<T extends { readonly lobby: string }>(all: readonly T[]): readonly T[] {
    return all.filter(({ lobby }) => lobby === this.code());
  }
}
