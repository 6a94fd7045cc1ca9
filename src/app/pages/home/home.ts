import { ChangeDetectionStrategy, Component } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';

/** What Parley is, and the two ways into a call. */
@Component({
  selector: 'parley-home',
  templateUrl: './home.html',
  styleUrl: './home.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Home {
  protected readonly t = injectTexts(shellTexts);
}
