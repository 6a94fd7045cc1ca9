import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { I18n, injectTexts } from '../../i18n/i18n';
import { shellTexts } from '../../i18n/shell';
import { Language, languages, languageTag } from '../../i18n/texts';
import { Choice, Option } from './choice';
import { languageName } from './language-name';

/** Chooses the language; applies at once, without a reload. */
@Component({
  selector: 'parley-language-choice',
  imports: [Choice],
  template: `<parley-choice
    [label]="t('settings.language')"
    [options]="options"
    [value]="i18n.language()"
    (valueChange)="i18n.use($event)"
  />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LanguageChoice {
  protected readonly i18n = inject(I18n);
  protected readonly t = injectTexts(shellTexts);

  protected readonly options: readonly Option<Language>[] = languages.map((value) => ({
    value,
    label: languageName[value],
    lang: languageTag[value],
  }));
}
