import { ChangeDetectionStrategy, Component, computed, inject, model, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { checkTexts } from '../../i18n/check';
import { injectTexts } from '../../i18n/i18n';
import { Parts } from '../../loading/parts';
import { noteError, noted } from '../../log/note';
import { ChosenDevicesMemory } from '../../media/chosen-devices';
import { AUDIO_CONTEXT } from '../../media/sound-level';
import { volumeUpIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import type { CheckState } from '../../doctor/finding';

/** What the person has said about their speaker. */
export type SpeakerReason = 'untried' | 'playing' | 'heard' | 'unheard' | 'unsupported';

export const speakerStates: Readonly<Record<SpeakerReason, CheckState>> = {
  untried: 'note',
  playing: 'note',
  heard: 'well',
  unheard: 'warning',
  unsupported: 'failed',
};

/** An audio context with a selectable output (W3C Audio Output Devices; Web Audio, section 1.2.3). */
type Switchable = AudioContext & { setSinkId?(sinkId: string): Promise<void> };

/** Plays a sound through the speaker that calls use, and asks the person whether they heard it. */
@Component({
  selector: 'parley-speaker-test',
  imports: [Icon],
  template: `
    @if (canPlay) {
      <button type="button" class="button tonal" [disabled]="playing()" (click)="play()">
        <parley-icon [path]="icon" />{{ t('speaker.play') }}
      </button>
    }
    @if (asked()) {
      <button type="button" class="button text" (click)="reason.set('heard')">{{ t('speaker.yes') }}</button>
      <button type="button" class="button text" (click)="reason.set('unheard')">{{ t('speaker.no') }}</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
      margin-block-start: 0.5rem;
    }
    .tonal {
      padding-inline: 1rem 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SpeakerTest {
  readonly reason = model.required<SpeakerReason>();

  protected readonly t = injectTexts(checkTexts);
  protected readonly icon = volumeUpIcon;
  protected readonly canPlay = 'AudioContext' in globalThis;
  protected readonly playing = signal(false);
  protected readonly asked = computed(() => this.reason() === 'playing' || this.reason() === 'unheard');
  private readonly parts = inject(Parts);
  private readonly create = inject(AUDIO_CONTEXT);
  private readonly chosen = toSignal(inject(ChosenDevicesMemory).device$('speaker'), { initialValue: null });

  protected async play(): Promise<void> {
    this.playing.set(true);
    try {
      const { ring } = await this.parts.load(() => import('../../ui/tones'));
      const context: Switchable | null = this.create();
      if (!context) throw new Error('no audio context');
      const sink = this.chosen();
      // A device that is no longer plugged in is ignored, as in a call.
      if (sink) await context.setSinkId?.(sink).catch(noted('pages', 'speaker'));
      this.reason.set('playing');
      await ring('joined', () => context);
    } catch (error) {
      noteError('pages', 'speaker-test', error);
      this.reason.set('unsupported');
    } finally {
      this.playing.set(false);
    }
  }
}
