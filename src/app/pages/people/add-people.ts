import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { combineLatest, distinctUntilChanged, map, of, switchMap } from 'rxjs';

import { Call } from '../../call/call';
import type { Door } from '../../call/call-state';
import { addingTexts } from '../../i18n/adding';
import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { Acquaintances } from '../../people/acquaintances';
import { KnownLobbies } from '../../people/known-lobbies';
import { People, type LobbyState } from '../../people/people';
import { starFilledIcon } from '../../ui/icon/people-icons';
import { Icon } from '../../ui/icon/icon';
import { addable, type Addable } from './addable';
import { Avatar } from './avatar';
import { AddPanelShown } from './into-call-news';
import { injectLobbyLabel } from './lobby-label';
import { injectOutcomeWords } from './outcome-words';
import { injectTroubleWords } from './trouble-words';

/** Maximum number of lobbies that are watched while the panel is open: each costs reads. */
const MOST_CIRCLES = 6;

/** Rings people of this device's circles into the running call, several at once. */
@Component({
  selector: 'parley-add-people',
  imports: [Avatar, Icon],
  templateUrl: './add-people.html',
  styleUrl: './add-people.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AddPeople {
  /** The call's code. */
  readonly code = input.required<string>();
  readonly door = input.required<Door>();
  readonly isHost = input(false);
  /** Why new members can't join at present, if so. */
  readonly obstacle = input<'full' | 'closed' | null>(null);
  /** The person wants to send the link instead. */
  readonly invited = output();

  protected readonly t = injectTexts(addingTexts);
  private readonly peopleT = injectTexts(peopleTexts);
  protected readonly troubleWords = injectTroubleWords(true);
  protected readonly label = injectLobbyLabel();
  private readonly outcomeWords = injectOutcomeWords();
  protected readonly icon = starFilledIcon;
  private readonly i18n = inject(I18n);
  private readonly call = inject(Call);
  private readonly people = inject(People);
  private readonly acquaintances = inject(Acquaintances);
  private readonly known = inject(KnownLobbies).lobbies;

  /** The lobby in which this person is visible comes first. */
  private readonly all = computed(() => {
    const own = this.people.visibility()?.code;
    return [...new Set([...(own === undefined ? [] : [own]), ...this.known().map(({ code }) => code)])];
  });
  protected readonly circles = computed(() => this.all().slice(0, MOST_CIRCLES));
  protected readonly shortened = computed(() =>
    this.all().length > MOST_CIRCLES ? this.t('more', { count: MOST_CIRCLES }) : null,
  );
  protected readonly lead = computed(() => this.t(`text.${this.i18n.plural(this.circles().length)}`));
  private readonly states = toSignal(
    toObservable(this.circles).pipe(
      distinctUntilChanged((before, now) => before.join() === now.join()),
      switchMap((codes) =>
        codes.length === 0
          ? of(new Map<string, LobbyState>())
          : combineLatest(codes.map((code) => this.people.lobby$(code))).pipe(
              map((states) => new Map(codes.map((code, index) => [code, states[index]!]))),
            ),
      ),
    ),
    { initialValue: new Map<string, LobbyState>() },
  );
  protected readonly looking = computed(() =>
    this.circles().some((code) => (this.states().get(code)?.phase ?? 'opening') === 'opening'),
  );
  /** Why none of the lobbies can be shown; null if some can. */
  protected readonly trouble = computed(() => {
    const states = [...this.states().values()];
    const [first] = states;
    return first?.phase === 'failed' && states.every(({ phase }) => phase === 'failed')
      ? this.troubleWords(first.reason)
      : null;
  });
  protected readonly rows = computed(() =>
    addable({
      lobbies: this.states(),
      favourites: this.acquaintances.favourites(),
      history: this.acquaintances.history(),
      blocked: this.acquaintances.blocked(),
      rings: this.people.intoCall().filter(({ code }) => code === this.code()),
    }).map((one) => ({
      ...one,
      key: `${one.lobby} ${one.uid}`,
      label: one.name || this.peopleT('guest'),
      ...this.words(one),
      press: this.press(one),
    })),
  );
  /** uid of a person who couldn't be admitted, and so was not rung. */
  protected readonly unadmitted = signal<string | null>(null);
  private readonly admitting = new Set<string>();

  constructor() {
    inject(AddPanelShown).while();
  }

  protected async act(one: Addable): Promise<void> {
    if (this.press(one) === 'cancel') return this.people.takeBack(one.uid);
    if (this.obstacle() !== null || one.availability === 'dnd' || this.admitting.has(one.uid)) return;
    const { uid, name, lobby } = one;
    this.unadmitted.set(null);
    const knocks = this.door() !== 'open';
    // Someone who is rung must not have to knock. The host also lets those in again whom they removed.
    if (knocks || this.isHost()) {
      this.admitting.add(uid);
      const admitted = await this.call.admitAhead(uid);
      this.admitting.delete(uid);
      if (knocks && !admitted) return this.unadmitted.set(uid);
    }
    this.people.ringIntoCall(this.code(), lobby, { uid, name });
  }

  /** What a press of the person's button does; null for none. */
  private press({ availability, ring }: Addable): 'add' | 'again' | 'cancel' | null {
    if (ring?.outcome === 'ringing') return 'cancel';
    if (ring?.outcome === 'accepted' || availability === 'offline') return null;
    return ring ? 'again' : 'add';
  }

  /** State of the person, and what to do after a ring that failed. */
  private words({ availability, ring }: Addable): { readonly state: string; readonly todo: string | null } {
    if (ring?.outcome === 'ringing' || ring?.outcome === 'accepted') {
      return { state: this.t(`state.${ring.outcome}`), todo: null };
    }
    if (ring) {
      const { heading, todo } = this.outcomeWords(ring);
      return { state: heading, todo: ring.message ?? todo };
    }
    const state =
      availability === 'offline' ? this.t('state.offline') : this.peopleT(`state.${availability}`);
    return { state, todo: null };
  }
}
