import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';

import { injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Theme, ThemeSetting, themeSettings } from '../theme/theme';
import { Choice, Option } from './choice';

/** Chooses light, dark, or the system's theme. */
@Component({
  selector: 'parley-theme-choice',
  imports: [Choice],
  template: `<parley-choice
    [label]="t('settings.theme')"
    [options]="options()"
    [value]="theme.setting()"
    (valueChange)="theme.use($event)"
  />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ThemeChoice {
  protected readonly theme = inject(Theme);
  protected readonly t = injectTexts(shellTexts);

  protected readonly options = computed((): readonly Option<ThemeSetting>[] =>
    themeSettings.map((value) => ({ value, label: this.t(`theme.${value}`) })),
  );
}
