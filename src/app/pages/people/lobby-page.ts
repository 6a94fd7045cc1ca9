import { Location } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  effect,
  inject,
  linkedSignal,
  PendingTasks,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';

import { readCode } from '../../call/code';
import { injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { noteError } from '../../log/note';
import { KnownLobbies } from '../../people/known-lobbies';
import { People, PeopleError, type LobbyState, type PeopleReason } from '../../people/people';
import { FIND_PLACE } from '../../call/places';
import { Drafts } from '../../ui/drafts';
import { arrowBackIcon } from '../../ui/icon/icons';
import { Icon } from '../../ui/icon/icon';
import { ShareLink, type ShareWords } from '../../ui/share-link/share-link';
import { LobbyEntry } from './lobby-entry';
import { lobbyLink } from './lobby-link';
import { LobbyList } from './lobby-list';
import { LobbyName } from './lobby-name';
import { OtherFavourites } from './other-favourites';
import { PeopleView } from './people-view';
import { RecentList } from './recent-list';

/**
 * A lobby: its people, how to invite others, and past calls. The code is the URL's fragment; without one, the page offers the
 * ways into a lobby.
 */
@Component({
  selector: 'parley-lobby-page',
  imports: [
    Icon,
    LobbyEntry,
    LobbyList,
    LobbyName,
    OtherFavourites,
    PeopleView,
    RecentList,
    RouterLink,
    ShareLink,
  ],
  templateUrl: './lobby-page.html',
  styleUrl: './lobby-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LobbyPage {
  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = { back: arrowBackIcon };
  private readonly people = inject(People);
  private readonly known = inject(KnownLobbies);
  private readonly drafts = inject(Drafts);
  private readonly router = inject(Router);
  private readonly location = inject(Location);
  private readonly origin = inject(DOCUMENT).location.origin;

  private readonly fragment = toSignal(inject(ActivatedRoute).fragment, { initialValue: null });
  protected readonly code = computed(() => readCode(this.fragment() ?? ''));
  /** The link contains something that isn't a valid code. */
  protected readonly bad = computed(() => Boolean(this.fragment()) && this.code() === null);
  protected readonly phase = linkedSignal<string | null, LobbyState['phase']>({
    source: this.code,
    computation: () => 'opening',
  });
  protected readonly making = signal(false);
  protected readonly trouble = signal<PeopleReason | null>(null);

  protected readonly link = computed(() => lobbyLink(this.origin, this.code() ?? ''));
  protected readonly words = computed((): ShareWords => ({
    code: this.t('lobby.code'),
    link: this.t('share.link'),
    copy: this.t('share.copy'),
    copied: this.t('share.copied'),
    copyFailed: this.t('share.copyFailed'),
    share: this.t('share.share'),
    shareTitle: this.t('share.shareTitle'),
    qr: this.t('share.qr'),
  }));

  constructor() {
    this.leadToCall();
    this.remember();
    // A person who arrives through a *Make a lobby* button has already pressed it.
    if (!this.fragment() && this.isWanted()) void this.make();
  }

  /** @param name the person's own name for the lobby; empty for none */
  protected async make(name = ''): Promise<void> {
    if (this.making()) return;
    this.making.set(true);
    this.trouble.set(null);
    try {
      const fragment = await this.people.create();
      this.known.opened(fragment, name);
      this.drafts.set('lobby name', null);
      // Replaces the page that asks for a lobby: Back then leads to where the person came from, and creates no second lobby.
      await this.router.navigate(['/lobby'], { fragment, replaceUrl: this.code() === null });
    } catch (error) {
      noteError('pages', 'circle-make', error);
      this.trouble.set(error instanceof PeopleError ? error.reason : 'unavailable');
    } finally {
      this.making.set(false);
    }
  }

  /** A bare code doesn't say what it is for: if there is no lobby under it but a call, the person meant the call. */
  private leadToCall(): void {
    const find = inject(FIND_PLACE);
    const tasks = inject(PendingTasks);
    let asked: string | null = null;
    const look = async (code: string) => {
      const found = await find('call', code);
      if (!found || this.code() !== code || this.phase() !== 'absent') return;
      await this.router.navigate(['/call'], { fragment: code, replaceUrl: true });
    };
    effect(() => {
      const code = this.code();
      if (this.phase() !== 'absent' || code === null || code === asked) return;
      asked = code;
      untracked(() => tasks.run(() => look(code)));
    });
  }

  /** Keeps the lobby on this device once it has turned out to exist. */
  private remember(): void {
    let last: string | null = null;
    effect(() => {
      const code = this.code();
      if (code === null) last = null;
      if (this.phase() !== 'open' || code === last) return;
      last = code;
      if (code !== null) untracked(() => this.known.opened(code));
    });
  }

  private isWanted(): boolean {
    const state = this.location.getState();
    return typeof state === 'object' && state !== null && 'intent' in state && state.intent === 'new';
  }
}
