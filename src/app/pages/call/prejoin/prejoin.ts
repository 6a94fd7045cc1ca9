import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
  viewChildren,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { Call } from '../../../call/call';
import type { CallState } from '../../../call/call-state';
import { callTexts } from '../../../i18n/call';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { injectArrivals } from '../../../loading/parts';
import { LocalMedia } from '../../../media/local-media';
import { hindrance, type InputKind, type InputState, troublesOf } from '../../../media/media';
import { cleanPersonName } from '../../../text/person-name';
import { micIcon, micOffIcon, videocamIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { keptInTab } from '../../../storage/kept-in-tab';
import { Remembered } from '../../../storage/remembered';
import { Drafts } from '../../../ui/drafts';
import { Icon } from '../../../ui/icon/icon';
import { arrowBackIcon } from '../../../ui/icon/icons';
import { injectOnline } from '../../../ui/online';
import { Arriving } from '../arriving';
import { InterruptedRecordings } from '../../recordings/interrupted-recordings';
import { CameraPreview } from './camera-preview';
import { ControlButton } from '../control-button';
import { DevicePicker } from '../devices/device-picker';
import { inputPress } from '../devices/input-press';
import { InputTrouble } from '../devices/input-trouble';
import { injectPeopleWords } from '../people-words';
import { Later } from './later';
import { isOn } from '../stage/own-picture';
import { SoundRing } from './sound-ring';
import { TakingLong } from '../taking-long';

const nameKey = 'parley.name';
/** The name that is typed and not used yet, so that a reload keeps it. */
const draftKey = 'parley.nameDraft';

/** Maximum number of entries in the list of those who are in the call. */
const MOST_NAMES = 3;

/** What the person can unfold below the name. */
type Fold = 'devices' | 'later';

/** Before the call: check the picture, enter a name, join. Works while the call is still being looked up. */
@Component({
  selector: 'parley-prejoin',
  imports: [
    Arriving,
    CameraPreview,
    ControlButton,
    DevicePicker,
    Icon,
    InputTrouble,
    InterruptedRecordings,
    Later,
    MatButton,
    RouterLink,
    SoundRing,
    TakingLong,
  ],
  templateUrl: './prejoin.html',
  styleUrl: './prejoin.scss',
  host: {
    '[class.fresh]': 'forLater()',
    '[class.blind]': 'blind()',
    '[class.unfolded]': 'unfolded() !== null',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Prejoin {
  readonly state = input.required<Extract<CallState, { phase: 'opening' | 'prejoin' | 'joining' }>>();
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  /** The call's code. */
  readonly code = input.required<string>();
  /** Code of the lobby that the person came from; null to lead back to the home page. */
  readonly lobby = input<string | null>(null);
  /** *Join now* was pressed, with this name. */
  readonly join = output<string>();
  /** The button is about to be pressed: a pointer is over the button, or it has the focus. */
  readonly near = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    devices: () => import('../devices/device-picker'),
    later: () => import('./later'),
    trouble: () => import('../devices/input-trouble'),
  });
  private readonly i18n = inject(I18n);
  private readonly peopleWords = injectPeopleWords();
  private readonly media = inject(LocalMedia);
  private readonly remembered = inject(Remembered);
  private readonly drafts = inject(Drafts);
  protected readonly polling = toSignal(inject(Call).polling$, { initialValue: false });

  protected readonly icons = { back: arrowBackIcon };
  private readonly online = injectOnline();
  /** The folds that the person has opened at least once: their content stays. */
  protected readonly looked = signal<ReadonlySet<Fold>>(new Set());
  private readonly opened = signal<Fold | null>(null);
  private readonly contents = viewChildren('content');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** The microphone has picked up a sound. */
  protected readonly heard = signal(false);
  private readonly kept = signal(keptInTab.get(draftKey));
  protected readonly name = computed(
    () => this.drafts.get('name') ?? this.kept() ?? this.remembered.get(nameKey) ?? '',
  );
  protected readonly inputs = computed(() => [
    {
      kind: 'microphone' as const,
      state: this.microphone(),
      on: micIcon,
      off: micOffIcon,
      press: inputPress('microphone', isOn(this.microphone())),
    },
    {
      kind: 'camera' as const,
      state: this.camera(),
      on: videocamIcon,
      off: videocamOffIcon,
      press: inputPress('camera', isOn(this.camera())),
    },
  ]);
  protected readonly troubles = computed(() =>
    troublesOf(this.inputs().flatMap(({ kind, state }) => hindrance(kind, state) ?? [])),
  );
  /** There is no picture to look at, so that its place can be used. */
  protected readonly blind = computed(() => this.camera().status === 'failed');
  /** A call that nobody has started can be shared for later. */
  protected readonly forLater = computed(() => {
    const state = this.state();
    return state.phase === 'prejoin' && state.fresh;
  });
  /** A member has to let this person in. */
  protected readonly asks = computed(() => {
    const state = this.state();
    return state.phase === 'prejoin' && state.asks;
  });
  /** The open fold. The preview and the button stay in view beside it. */
  protected readonly unfolded = computed(() =>
    this.opened() === 'later' && !this.forLater() ? null : this.opened(),
  );
  protected readonly heading = computed(() => {
    const state = this.state();
    return this.t(
      state.phase !== 'opening' && state.fresh ? 'prejoin.heading.fresh' : 'prejoin.heading.join',
    );
  });
  /** What the button's press does now. */
  protected readonly press = computed(() => {
    if (this.state().phase === 'joining') return 'prejoin.joining';
    if (this.asks()) return 'prejoin.ask';
    return this.forLater() ? 'prejoin.start' : 'prejoin.join';
  });
  protected readonly othersText = computed(() => {
    const state = this.state();
    if (state.phase === 'opening') return this.t('prejoin.looking');
    if (state.fresh) return this.t('prejoin.fresh');
    if (state.phase === 'joining') return '';
    if (!this.online()) return this.t('prejoin.offline');
    if (state.others.length === 0) return this.t('prejoin.nobody');
    const names = this.peopleWords(
      state.others.map(({ name }) => name),
      MOST_NAMES,
    );
    return this.t(`prejoin.others.${this.i18n.plural(state.others.length)}`, { names });
  });
  protected readonly isOn = isOn;

  constructor() {
    afterRenderEffect(() => {
      // Again once its content has arrived.
      this.contents();
      if (this.unfolded() !== null) this.host.querySelector('details[open]')?.scrollIntoView();
    });
  }

  protected toggled(fold: Fold, open: boolean): void {
    if (open) this.looked.update((before) => new Set(before).add(fold));
    this.opened.update((before) => (open ? fold : before === fold ? null : before));
  }

  protected toggle(kind: InputKind, state: InputState): void {
    this.media.turn(kind, !isOn(state));
  }

  protected type(name: string): void {
    this.drafts.set('name', name);
    keptInTab.set(draftKey, name);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.state().phase !== 'prejoin') return;
    const name = cleanPersonName(this.name());
    this.remembered.set(nameKey, name || null);
    this.drafts.set('name', null);
    keptInTab.set(draftKey, null);
    this.kept.set(null);
    this.join.emit(name);
  }
}
