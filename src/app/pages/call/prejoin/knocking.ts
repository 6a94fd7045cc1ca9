import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  type ElementRef,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { filter, take } from 'rxjs';

import { Call } from '../../../call/call';
import type { CallState } from '../../../call/call-state';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { LocalMedia } from '../../../media/local-media';
import type { InputState } from '../../../media/media';
import { Announcer } from '../../../ui/announcer';
import { micIcon, micOffIcon, videocamIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { Sounds } from '../../../ui/sounds';
import { ControlButton } from '../control-button';
import { inputPress } from '../devices/input-press';
import { isOn } from '../stage/own-picture';
import { CameraPreview } from './camera-preview';

/** Time without an answer after which the page suggests another way to reach the members, in ms. */
const LONG = 30_000;

const IN: ReadonlySet<CallState['phase']> = new Set(['joining', 'entering', 'seated']);

/** The guest has asked to join and waits: how they look and sound, what happens next, and a way back. */
@Component({
  selector: 'parley-knocking',
  imports: [CameraPreview, ControlButton, MatButton],
  templateUrl: './knocking.html',
  styleUrl: './knocking.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Knocking {
  /** The name that the members read. */
  readonly name = input.required<string>();
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  readonly cancelled = output();

  protected readonly t = injectTexts(knockTexts);
  protected readonly callT = injectTexts(callTexts);
  protected readonly icons = {
    microphone: { on: micIcon, off: micOffIcon },
    camera: { on: videocamIcon, off: videocamOffIcon },
  };
  protected readonly kinds = ['microphone', 'camera'] as const;
  protected readonly press = inputPress;
  protected readonly isOn = isOn;
  protected readonly media = inject(LocalMedia);
  protected readonly long = signal(false);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    const announcer = inject(Announcer);
    effect(() => {
      const text = this.t('heading');
      untracked(() => announcer.say(text));
    });
    // Let in: the person may be looking elsewhere by now.
    const sounds = inject(Sounds);
    inject(Call)
      .state$.pipe(
        filter(({ phase }) => IN.has(phase)),
        take(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => void sounds.play('joined'));
    const timer = setTimeout(() => this.long.set(true), LONG);
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
    // The pressed button has gone.
    afterNextRender(() => this.heading().nativeElement.focus());
  }

  protected stateOf(kind: 'microphone' | 'camera'): InputState {
    return kind === 'microphone' ? this.microphone() : this.camera();
  }
}
