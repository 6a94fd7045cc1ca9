import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { injectTexts } from '../i18n/i18n';
import { shellTexts } from '../i18n/shell';
import { AppUpdate } from './app-update';

/** Asks whether to load a newer version. Shows nothing while there is no question. */
@Component({
  selector: 'parley-update-prompt',
  templateUrl: './update-prompt.html',
  styleUrl: './update-prompt.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UpdatePrompt {
  protected readonly t = injectTexts(shellTexts);
  protected readonly update = inject(AppUpdate);
}
