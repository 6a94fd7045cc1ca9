import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { isOfNetwork } from '../../../call/call-state';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { MemberView } from './member-view';

/** On a tile: why there is no picture, no sound or no connection, and what to do. */
@Component({
  selector: 'parley-tile-trouble',
  template: `
    @if (view().mismatch; as mismatch) {
      <div class="mismatch" [class.instead]="mismatch.kind === 'video'">
        <strong>{{ t(\`tile.mismatch.\${mismatch.kind}\`) }}</strong>
        <span>{{ t('tile.mismatch.ours', { codecs: codecs(mismatch.ours) }) }}</span>
        <span>{{ t('tile.mismatch.theirs', { codecs: codecs(mismatch.theirs) }) }}</span>
      </div>
    }
    @if (view().obstacle; as obstacle) {
      <div class="mismatch instead obstacle">
        <strong>{{ t(\`tile.obstacle.\${obstacle}\`, { name: view().name }) }}</strong>
        @if (isOfNetwork(obstacle)) {
          <span>{{ t(\`tile.obstacle.\${obstacle}.do\`) }}</span>
          <a [href]="'/check?found=' + obstacle" target="_blank" rel="noopener">{{
            t('tile.obstacle.check')
          }}</a>
        } @else {
          <span>{{ t('tile.obstacle.program.do', { name: view().name }) }}</span>
        }
      </div>
    }
  `,
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
