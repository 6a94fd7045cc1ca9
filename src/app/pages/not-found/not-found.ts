import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { exploreOffIcon } from '../../ui/icon/icons';
import { MessagePage } from '../../ui/message-page/message-page';

/** For an address without a page. */
@Component({
  selector: 'parley-not-found',
  imports: [MessagePage, RouterLink],
  templateUrl: './not-found.html',
  styles: `
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFound {
  protected readonly t = injectTexts(shellTexts);
  protected readonly icon = exploreOffIcon;
}
