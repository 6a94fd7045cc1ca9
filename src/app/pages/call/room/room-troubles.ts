import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { Call } from '../../../call/call';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { injectArrivals } from '../../../loading/parts';
import type { Trouble } from '../../../media/media';
import { InterruptedRecordings } from '../../recordings/interrupted-recordings';
import { DeviceHints } from '../devices/device-hints';
import { InputTrouble } from '../devices/input-trouble';
import { LONG } from '../taking-long';
import { CaptureNotices } from './capture-notices';
import { Knocks } from './knocks';
import type { PanelKind } from './panels';
import type { RoomScene } from './room-scene';

/** Above the people: who wants to join, everything that doesn't work, and that this person's screen is shared. */
@Component({
  selector: 'div[parleyTroubles]',
  imports: [CaptureNotices, DeviceHints, InputTrouble, InterruptedRecordings, Knocks],
  templateUrl: './room-troubles.html',
  styleUrl: './room-troubles.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RoomTroubles {
  readonly scene = input.required<RoomScene>();
  /** The panel that is open. */
  readonly panel = input<PanelKind | null>(null);
  /** Another panel is to be shown. */
  readonly opened = output<PanelKind>();
  /** The person has read about a problem of a device. */
  readonly dismissed = output<Trouble>();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    trouble: () => import('../devices/input-trouble'),
    hints: () => import('../devices/device-hints'),
    capture: () => import('./capture-notices'),
    knocks: () => import('./knocks'),
  });
  /** Listeners are blocked on this network, so other members appear late. */
  protected readonly polling = toSignal(inject(Call).polling$, { initialValue: false });
  private readonly entering = computed(() => {
    const { state, seen } = this.scene();
    return state().phase === 'entering' && seen();
  });
  /** Someone has knocked. What shows it stays, to move the focus when the answer's button has gone. */
  protected readonly knocked = linkedSignal<boolean, boolean>({
    source: () => this.scene().state().waiting.length > 0,
    computation: (waits, before) => waits || (before?.value ?? false),
  });
  /** The request for a seat is taking long. */
  protected readonly slow = signal(false);

  constructor() {
    const long = inject(LONG);
    effect((onCleanup) => {
      if (!this.entering()) return;
      const timer = setTimeout(() => this.slow.set(true), long);
      onCleanup(() => {
        clearTimeout(timer);
        this.slow.set(false);
      });
    });
  }
}
