import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { of, switchMap } from 'rxjs';

import { devicesTexts } from '../../../i18n/devices';
import { injectTexts } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { type DeviceKind, type InputState, openTrack } from '../../../media/media';
import { newDevice } from '../../../media/new-devices';
import { silence } from '../../../media/silence';
import { AUDIO_CONTEXT } from '../../../media/sound-level';
import { Announcer } from '../../../ui/announcer';

/** Offers devices plugged in during the call, and warns of a microphone that is on but silent. */
@Component({
  selector: 'parley-device-hints',
  imports: [MatButton],
  template: `
    @if (offered().length) {
      <div class="hint" data-hint="new">
        <p>{{ t('hint.new', { name: found()?.name ?? '' }) }}</p>
        <button type="button" matButton="filled" (click)="use()">{{ t('hint.use') }}</button>
        <button type="button" matButton="outlined" (click)="declined.set(true)">{{ t('hint.later') }}</button>
      </div>
    }
    @if (silent() && !dismissed()) {
      <div class="hint" data-hint="silent">
        <p>{{ t('hint.silent') }}</p>
        <button type="button" matButton="outlined" (click)="dismissed.set(true)">
          {{ t('hint.dismiss') }}
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    .hint {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
      padding: 0.5rem 1rem;
      border-radius: var(--parley-radius);
      background: #333531;
      font: var(--mat-sys-body-medium);
      --mat-button-outlined-label-text-color: currentColor;
      --mat-button-outlined-outline-color: currentColor;
    }
    p {
      flex: 1 1 14rem;
      margin: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeviceHints {
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();
  /** Whether the microphone is on only while Space is held. */
  readonly talking = input.required<boolean>();

  protected readonly t = injectTexts(devicesTexts);
  private readonly media = inject(LocalMedia);
  private readonly chosen = toSignal(this.media.chosen$, {
    initialValue: { microphone: null, camera: null, speaker: null },
  });

  protected readonly found = toSignal(newDevice(this.media.devices$), { initialValue: null });
  protected readonly declined = linkedSignal({
    source: () => this.found()?.group,
    computation: () => false,
  });
  /** The parts of the new device that are not in use. */
  protected readonly offered = computed((): readonly (readonly [DeviceKind, string])[] => {
    const found = this.found();
    if (found === null || this.declined()) return [];
    const parts = Object.entries(found.ids) as [DeviceKind, string][];
    return parts.filter(([kind, id]) => !this.isUsed(kind, id, found.group));
  });

  private readonly watched = computed(() => {
    const microphone = this.microphone();
    return microphone.status === 'on' && !this.talking() ? microphone.track : null;
  });
  private readonly createContext = inject(AUDIO_CONTEXT);
  protected readonly silent = toSignal(
    toObservable(this.watched).pipe(
      switchMap((track) => (track ? silence(track, this.createContext) : of(false))),
    ),
    { initialValue: false },
  );
  protected readonly dismissed = linkedSignal({ source: this.watched, computation: () => false });

  constructor() {
    const announcer = inject(Announcer);
    const words = computed(() =>
      this.offered().length ? this.t('hint.new', { name: this.found()?.name ?? '' }) : null,
    );
    effect(() => {
      const said = words() ?? (this.silent() ? this.t('hint.silent') : null);
      if (said !== null) announcer.say(said);
    });
  }

  protected use(): void {
    for (const [kind, id] of this.offered()) this.media.choose(kind, id);
  }

  private isUsed(kind: DeviceKind, id: string, group: string): boolean {
    // A chosen device that is plugged in again is used without asking.
    if (this.chosen()[kind] === id) return true;
    if (kind === 'speaker') return !this.media.canChooseSpeaker;
    const track = openTrack(kind === 'camera' ? this.camera() : this.microphone());
    const { deviceId, groupId } = track?.getSettings() ?? {};
    return deviceId === id || groupId === group;
  }
}
