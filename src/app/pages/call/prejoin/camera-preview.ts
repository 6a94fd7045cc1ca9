import {
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  computed,
  input,
  viewChild,
  type ElementRef,
} from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { InputState } from '../../../media/media';
import { videocamOffIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { FlipCamera } from '../devices/flip-camera';
import { isMirrored, ownStream } from '../stage/own-picture';

/** The person's own camera before others see it. */
@Component({
  selector: 'parley-camera-preview',
  imports: [FlipCamera, Icon],
  template: `
    <video
      #video
      autoplay
      playsinline
      [muted]="true"
      [class.mirrored]="mirrored()"
      [attr.aria-label]="t('prejoin.preview')"
    ></video>
    <div class="flip"><parley-flip-camera [camera]="camera()" /></div>
    @if (camera().status !== 'on') {
      <p>
        <parley-icon [path]="icon" />
        {{ t(words()) }}
      </p>
    }
  `,
  styleUrl: './camera-preview.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CameraPreview {
  readonly camera = input.required<InputState>();

  protected readonly t = injectTexts(callTexts);
  protected readonly icon = videocamOffIcon;
  protected readonly words = computed(() => {
    switch (this.camera().status) {
      case 'starting':
        return 'prejoin.cameraStarting';
      case 'muted':
        return 'media.camera.muted.title';
      case 'held':
        return 'media.camera.held.title';
      case 'failed':
        return 'prejoin.cameraFailed';
      default:
        return 'prejoin.cameraOff';
    }
  });
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  private readonly stream = ownStream(this.camera);
  protected readonly mirrored = computed(() => isMirrored(this.stream()));

  constructor() {
    afterRenderEffect(() => {
      const video = this.video().nativeElement;
      const stream = this.stream();
      if (video.srcObject !== stream) video.srcObject = stream;
    });
  }
}
