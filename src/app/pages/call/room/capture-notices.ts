import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { RoomRecording } from './room-recording';
import type { RoomScreens } from './room-screens';

/** Says that this person's screen is shared or their recording is being saved, and what went wrong with either. */
@Component({
  selector: 'parley-capture-notices',
  imports: [MatButton],
  template: `
    @if (screens().own()) {
      <p class="showing">
        {{ t('screen.showing') }}
        <button type="button" matButton="filled" (click)="screens().share(false)">
          {{ t('screen.stop') }}
        </button>
      </p>
    }
    @if (screens().withheld()) {
      <p>{{ t('screen.withheld') }}</p>
    }
    @if (recording().saving() !== null) {
      <p class="showing">
        {{ t('recording.saving') }}
        <progress max="1" [value]="recording().saving()" [attr.aria-label]="t('recording.saving')"></progress>
      </p>
    }
    @if (recording().trouble(); as trouble) {
      <p role="alert">{{ t(trouble) }}</p>
    }
    @if (screens().trouble(); as trouble) {
      <p role="alert">{{ t(trouble) }}</p>
    }
  `,
  styleUrl: './capture-notices.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CaptureNotices {
  readonly screens = input.required<RoomScreens>();
  readonly recording = input.required<RoomRecording>();

  protected readonly t = injectTexts(callTexts);
}
