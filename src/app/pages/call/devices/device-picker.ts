import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap } from 'rxjs';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { type DeviceKind, type InputState, openTrack } from '../../../media/media';
import { SoundOutput } from '../../../media/sound-output';
import { AUDIO_CONTEXT, soundLevel } from '../../../media/sound-level';
import { LevelMeter } from '../../../ui/level-meter/level-meter';
import { InputTuning } from './input-tuning';

interface Choice {
  readonly kind: DeviceKind;
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  /** The device in use; before it is open, the chosen one. */
  readonly used: string | null;
  /** The device behind the system's choice, while that is in use. */
  readonly system: string | null;
}

let pickers = 0;

/** Selects camera, microphone and speaker, with native lists, which phones show in their own way. */
@Component({
  selector: 'parley-device-picker',
  imports: [InputTuning, LevelMeter],
  templateUrl: './device-picker.html',
  styleUrl: './device-picker.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DevicePicker {
  readonly microphone = input.required<InputState>();
  readonly camera = input.required<InputState>();

  protected readonly t = injectTexts(callTexts);
  protected readonly id = `devices-${++pickers}`;
  private readonly media = inject(LocalMedia);
  private readonly output = inject(SoundOutput);
  private readonly devices = toSignal(this.media.devices$, {
    initialValue: { microphones: [], cameras: [], speakers: [] },
  });
  private readonly chosen = toSignal(this.media.chosen$, {
    initialValue: { microphone: null, camera: null, speaker: null },
  });

  protected readonly choices = computed((): readonly Choice[] => {
    const { microphones, cameras, speakers } = this.devices();
    const camera = this.choice('camera', cameras);
    const microphone = this.choice('microphone', microphones);
    return this.media.canChooseSpeaker
      ? [camera, microphone, this.choice('speaker', speakers)]
      : [camera, microphone];
  });
  private readonly track = computed(() => openTrack(this.microphone()));
  private readonly createContext = inject(AUDIO_CONTEXT);
  protected readonly level = toSignal(
    toObservable(this.track).pipe(
      switchMap((track) => (track ? soundLevel(track, this.createContext) : of(0))),
    ),
    { initialValue: 0 },
  );

  protected choose(kind: DeviceKind, id: string): void {
    this.media.choose(kind, id || null);
  }

  private choice(kind: DeviceKind, infos: readonly MediaDeviceInfo[]): Choice {
    // Before permission is granted, browsers list one nameless device of each kind without an id. Chromium also has an entry for
    // the system's choice, which this list has already.
    const devices = infos
      .filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
      .map(({ deviceId, label }, index) => ({
        id: deviceId,
        label: label || this.t(`device.unnamed.${kind}`, { number: index + 1 }),
      }));
    return { kind, devices, ...this.inUse(kind, infos) };
  }

  private inUse(kind: DeviceKind, infos: readonly MediaDeviceInfo[]): Pick<Choice, 'used' | 'system'> {
    const chosen = this.chosen()[kind];
    if (kind === 'speaker') {
      const isRefused = chosen !== null && this.output.refused() === chosen;
      return { used: isRefused ? null : chosen, system: null };
    }
    const track = openTrack(kind === 'camera' ? this.camera() : this.microphone());
    if (track === null) return { used: chosen, system: null };
    const { deviceId, groupId } = track.getSettings();
    const used =
      infos.find((info) => info.deviceId === deviceId) ??
      infos.find((info) => groupId && info.groupId === groupId);
    return chosen === null
      ? { used: null, system: used?.label || null }
      : { used: used?.deviceId ?? chosen, system: null };
  }
}
