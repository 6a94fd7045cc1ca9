import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { isOfNetwork } from '../../../call/call-state';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { MemberView } from './member-view';

/** On a tile: why there is no picture, no sound or no connection, and what to do. */
@Component({
  selector: 'parley-tile-trouble',
  templateUrl: './tile-trouble.html',
  styleUrl: './tile-trouble.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TileTrouble {
  readonly view = input.required<MemberView>();

  protected readonly t = injectTexts(callTexts);
  protected readonly isOfNetwork = isOfNetwork;

  /** Names of the codecs of a list of MIME types. */
  protected codecs(list: readonly string[]): string {
    return list.map((type) => type.slice(type.indexOf('/') + 1)).join(', ') || this.t('tile.mismatch.none');
  }
}
