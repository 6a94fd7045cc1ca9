import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { oppositeCamera, trackFacing } from '../../../media/facing';
import { LocalMedia } from '../../../media/local-media';
import { type Devices, type InputState, openTrack } from '../../../media/media';
import { Announcer } from '../../../ui/announcer';
import { cameraswitchIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';

const none: Devices = { microphones: [], cameras: [], speakers: [] };

/**
 * Switches between the front and the back camera until the page is closed. Shown only on a device whose cameras look different
 * ways, while one of them is on.
 */
@Component({
  selector: 'parley-flip-camera',
  imports: [Icon],
  template: `
    @if (other(); as camera) {
      <button
        type="button"
        [attr.aria-label]="t('camera.flip')"
        [title]="t('camera.flip')"
        [attr.aria-disabled]="waits()"
        (click)="flip(camera)"
      >
        <span><parley-icon [path]="icon" /></span>
      </button>
    }
  `,
  styleUrl: './flip-camera.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FlipCamera {
  readonly camera = input.required<InputState>();

  protected readonly t = injectTexts(callTexts);
  protected readonly icon = cameraswitchIcon;
  private readonly media = inject(LocalMedia);
  private readonly announcer = inject(Announcer);
  private readonly devices = toSignal(this.media.devices$, { initialValue: none });
  /** Many phones close one camera before they open the other. The button stays meanwhile, and so does its focus. */
  protected readonly waits = computed(() => this.camera().status === 'starting');
  protected readonly other = linkedSignal<
    { readonly camera: InputState; readonly devices: Devices },
    MediaDeviceInfo | null
  >({
    source: () => ({ camera: this.camera(), devices: this.devices() }),
    computation: ({ camera, devices }, before) => {
      const track = openTrack(camera);
      if (track) return oppositeCamera(devices.cameras, track);
      return camera.status === 'starting' ? (before?.value ?? null) : null;
    },
  }).asReadonly();

  protected flip({ deviceId }: MediaDeviceInfo): void {
    const track = openTrack(this.camera());
    if (!track) return;
    this.media.borrow('camera', deviceId);
    this.announcer.say(this.t(trackFacing(track) === 'user' ? 'camera.back' : 'camera.front'));
  }
}
