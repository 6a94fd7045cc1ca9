import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { concat, distinctUntilChanged, map, of, switchMap, timer } from 'rxjs';

import type { InputState } from '../../../media/media';
import { AUDIO_CONTEXT, soundLevel } from '../../../media/sound-level';

/** Delay until the microphone is listened to, in ms: the page and the preview come first. */
const DELAY = 300;
/** Number of widths of the ring. Fewer changes cost less. */
const STEPS = 16;
/** A level that counts as a sound, not as the noise of a room (0…1, see `meterLevel`): -39 dB. */
const SOUND = 0.35;

/**
 * A ring around a button that grows with the level of the microphone. Nothing listens while the microphone is off or
 * muted. If the person prefers less motion, the ring only appears and disappears.
 */
@Component({
  selector: 'parley-sound-ring',
  template: `<span class="ring" [class.heard]="sounds()" [style.--level]="level()"></span>`,
  styles: `
    :host {
      border-radius: inherit;
    }
    .ring {
      position: absolute;
      inset: 0;
      border-radius: inherit;
      outline: calc(var(--level) * 0.4375rem) solid var(--mat-sys-primary);
      transition: outline-width 80ms linear;
    }
    @media (prefers-reduced-motion: reduce) {
      .ring {
        outline-width: 0;
      }
      .ring.heard {
        outline-width: 3px;
      }
    }
  `,
  host: { 'aria-hidden': 'true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SoundRing {
  readonly microphone = input.required<InputState>();
  /** Whether the microphone that is open has picked up a sound. */
  readonly heard = output<boolean>();

  private readonly createContext = inject(AUDIO_CONTEXT);
  private readonly track = computed(() => {
    const state = this.microphone();
    return state.status === 'on' ? state.track : null;
  });
  /** 0…1. */
  protected readonly level = toSignal(
    toObservable(this.track).pipe(
      switchMap((track) =>
        track === null
          ? of(0)
          : concat(of(0), timer(DELAY).pipe(switchMap(() => soundLevel(track, this.createContext)))),
      ),
      map((level) => Math.round(level * STEPS) / STEPS),
      distinctUntilChanged(),
    ),
    { initialValue: 0 },
  );
  protected readonly sounds = computed(() => this.level() > SOUND);

  constructor() {
    effect(() => {
      this.track();
      this.heard.emit(false);
    });
    effect(() => {
      if (this.sounds()) this.heard.emit(true);
    });
  }
}
