import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { volumeUpIcon } from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';

/** In the middle of a tile, after the browser refused to play sound without a gesture: the gesture. */
@Component({
  selector: 'parley-play-sound',
  imports: [Icon, MatButton],
  template: `
    <button type="button" matButton="filled" (click)="pressed.emit()">
      <parley-icon matButtonIcon [path]="icon" />
      {{ t('tile.playSound') }}
    </button>
  `,
  styles: `
    :host {
      display: contents;
    }
    button {
      position: absolute;
      inset: 0;
      inline-size: fit-content;
      block-size: fit-content;
      margin: auto;
    }
    parley-icon {
      margin-inline-end: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlaySound {
  readonly pressed = output();

  protected readonly t = injectTexts(callTexts);
  protected readonly icon = volumeUpIcon;
}
