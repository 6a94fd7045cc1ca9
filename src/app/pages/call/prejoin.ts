import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { Call } from '../../call/call';
import type { CallState } from '../../call/call-state';
import { callTexts } from '../../i18n/call';
import { I18n, injectTexts } from '../../i18n/i18n';
import { injectArrivals } from '../../loading/parts';
import { LocalMedia } from '../../media/local-media';
import { hindrance, type InputKind, type InputState } from '../../media/media';
import { cleanPersonName } from '../../text/person-name';
import { micIcon, micOffIcon, videocamIcon, videocamOffIcon } from '../../ui/icon/call-icons';
import { Remembered } from '../../storage/remembered';
import { Drafts } from '../../ui/drafts';
import { Arriving } from './arriving';
import { InterruptedRecordings } from '../recordings/interrupted-recordings';
import { CameraPreview } from './camera-preview';
import { ControlButton } from './control-button';
import { DevicePicker } from './device-picker';
import { InputTrouble } from './input-trouble';
import { isOn } from './own-picture';
import { TakingLong } from './taking-long';

const nameKey = 'parley.name';

/** Before the call: check the picture, enter a name, join. Works while the call is still being looked up. */
@Component({
  selector: 'parley-prejoin',
  imports: [
    Arriving,
    CameraPreview,
    ControlButton,
    DevicePicker,
    InputTrouble,
    InterruptedRecordings,
    MatButton,
    RouterLink,
    TakingLong,
  ],
  templateUrl: './prejoin.html',
  styleUrl: './prejoin.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Prejoin {
  readonly state = input.required<Extract<CallState, { phase: 'opening' | 'prejoin' | 'joining' }>>();
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  /** *Join now* was pressed, with this name. */
  readonly join = output<string>();
  /** The button is about to be pressed: a pointer is over the button, or it has the focus. */
  readonly near = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    devices: () => import('./device-picker'),
  });
  private readonly i18n = inject(I18n);
  private readonly media = inject(LocalMedia);
  private readonly remembered = inject(Remembered);
  private readonly drafts = inject(Drafts);
  protected readonly polling = toSignal(inject(Call).polling$, { initialValue: false });

  /** The person has opened the list of devices. */
  protected readonly looking = signal(false);
  protected readonly name = computed(() => this.drafts.get('name') ?? this.remembered.get(nameKey) ?? '');
  protected readonly inputs = computed(() => [
    {
      kind: 'microphone' as const,
      state: this.microphone(),
      on: micIcon,
      off: micOffIcon,
      press: isOn(this.microphone())
        ? ({ label: 'mute', name: 'mute.microphone' } as const)
        : ({ label: 'unmute', name: 'unmute.microphone' } as const),
    },
    {
      kind: 'camera' as const,
      state: this.camera(),
      on: videocamIcon,
      off: videocamOffIcon,
      press: isOn(this.camera())
        ? ({ label: 'camera.stop', name: 'camera.stop' } as const)
        : ({ label: 'camera.start', name: 'camera.start' } as const),
    },
  ]);
  protected readonly hindrances = computed(() =>
    this.inputs().flatMap(({ kind, state }) => hindrance(kind, state) ?? []),
  );
  protected readonly heading = computed(() => {
    const state = this.state();
    return this.t(
      state.phase !== 'opening' && state.fresh ? 'prejoin.heading.fresh' : 'prejoin.heading.join',
    );
  });
  /** What the button's press does now. */
  protected readonly press = computed(() => {
    const state = this.state();
    if (state.phase === 'joining') return 'prejoin.joining';
    return state.phase === 'prejoin' && state.fresh ? 'prejoin.start' : 'prejoin.join';
  });
  protected readonly company = computed(() => {
    const state = this.state();
    if (state.phase === 'opening') return this.t('prejoin.looking');
    if (state.fresh) return this.t('prejoin.fresh');
    if (state.phase === 'joining') return '';
    if (state.others.length === 0) return this.t('prejoin.nobody');
    const names = this.i18n.list(state.others.map(({ name }) => name || this.t('guest')));
    return this.t(`prejoin.others.${this.i18n.plural(state.others.length)}`, { names });
  });
  protected readonly isOn = isOn;

  protected toggle(kind: InputKind, state: InputState): void {
    this.media.turn(kind, !isOn(state));
  }

  protected type(name: string): void {
    this.drafts.set('name', name);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.state().phase !== 'prejoin') return;
    const name = cleanPersonName(this.name());
    this.remembered.set(nameKey, name || null);
    this.drafts.set('name', null);
    this.join.emit(name);
  }
}
