import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';

import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { KnownLobbies } from '../../people/known-lobbies';
import { People } from '../../people/people';
import { Remembered } from '../../storage/remembered';
import { Drafts } from '../../ui/drafts';
import { cleanPersonName } from '../../text/person-name';
import { Notifications } from '../../ui/ringing/notifications';
import { Switch } from '../../ui/switch/switch';
import { injectTroubleWords } from './trouble-words';

const nameKey = 'parley.name';

/** Whether this person is visible in a lobby, under which name, and what that reveals. */
@Component({
  selector: 'parley-appear-online',
  imports: [RouterLink, Switch],
  templateUrl: './appear-online.html',
  styleUrl: './appear-online.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AppearOnline {
  readonly code = input.required<string>();
  /** Who can see the list: people with the code, or everyone who opens the site. */
  readonly place = input.required<'lobby' | 'public'>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly troubleWords = injectTroubleWords(true);
  private readonly people = inject(People);
  private readonly remembered = inject(Remembered);
  private readonly drafts = inject(Drafts);
  private readonly notifications = inject(Notifications);
  /** The browser's notification permission, if there is something to say or do about it. */
  protected readonly notices = computed(() => {
    const state = this.notifications.state();
    return state === 'default' || state === 'denied' ? state : null;
  });
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  private readonly shownName = computed(() => this.people.visibility()?.name);
  protected readonly name = computed(
    () => this.drafts.get('name') ?? this.shownName() ?? this.remembered.get(nameKey) ?? '',
  );
  protected readonly needed = signal(false);
  /** This person's visibility in this lobby; null if they are not visible here. */
  protected readonly here = computed(() => {
    const visibility = this.people.visibility();
    return visibility?.code === this.code() ? visibility : null;
  });
  /** The other lobby that this person is visible in; null if there is none. */
  protected readonly elsewhere = computed(() =>
    this.here() === null ? (this.people.visibility()?.code ?? null) : null,
  );
  protected readonly lobbies = inject(KnownLobbies);
  /** Why this person can't be visible. */
  protected readonly trouble = computed(() => {
    const here = this.here();
    return here?.status === 'failed' ? (here.reason ?? 'unavailable') : null;
  });

  protected toggle(): void {
    if (this.here()) this.people.disappear();
    else this.appear();
  }

  protected type(name: string): void {
    this.drafts.set('name', name);
    this.needed.set(false);
  }

  /** Applies a changed name at once, also while the person is already visible. */
  protected rename(): void {
    const name = cleanPersonName(this.name());
    if (!name) {
      // Being visible requires a name: the previous one stays.
      this.drafts.set('name', this.here() ? null : '');
      if (!this.here()) this.remembered.set(nameKey, null);
      return;
    }
    this.remembered.set(nameKey, name);
    const here = this.here();
    if (here && here.name !== name) this.people.appear(this.code(), name);
    if (here) this.drafts.set('name', null);
  }

  protected appear(): void {
    const name = cleanPersonName(this.name());
    this.needed.set(!name);
    if (!name) {
      this.box().nativeElement.focus();
      return;
    }
    this.remembered.set(nameKey, name);
    this.people.appear(this.code(), name);
    this.drafts.set('name', null);
  }

  protected askForNotifications(): void {
    void this.notifications.ask();
  }

  protected setDoNotDisturb(on: boolean): void {
    this.people.setDoNotDisturb(on);
  }
}
