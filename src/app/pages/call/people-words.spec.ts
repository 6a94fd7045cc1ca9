import { TestBed } from '@angular/core/testing';

import { I18n } from '../../i18n/i18n';
import { injectPeopleWords, named } from './people-words';

describe('names in a sentence', () => {
  const eight = ['Ada', 'Ben', 'Cem', 'Dee', 'Eve', 'Fay', 'Gus', 'Hal'];

  it('are all there, or the last entry counts at least two people', () => {
    for (let count = 0; count <= eight.length; count++) {
      for (const most of [1, 2, 3, 4]) {
        const { shown, more } = named(eight.slice(0, count), most);
        expect(shown.length + more).toBe(count);
        expect(shown.length).toBeLessThanOrEqual(most);
        if (most > 1) expect(more).not.toBe(1);
        expect(shown.length > 0).toBe(count > 0);
      }
    }
  });

  const cases: readonly (readonly [names: readonly string[], most: number, en: string, zh: string])[] = [
    [['Ada'], 2, 'Ada', 'Ada'],
    [['Ada', ''], 2, 'Ada and Guest', 'Ada和访客'],
    [['Ada', 'Ben', 'Cem'], 2, 'Ada and 2 others', 'Ada和另外 2 人'],
    [['Ada', 'Ben', 'Cem'], 3, 'Ada, Ben, and Cem', 'Ada、Ben和Cem'],
    [eight, 3, 'Ada, Ben, and 6 others', 'Ada、Ben和另外 6 人'],
  ];
  for (const language of ['en', 'zh'] as const) {
    it(`are listed as the language does: ${language}`, async () => {
      const i18n = TestBed.inject(I18n);
      const words = TestBed.runInInjectionContext(injectPeopleWords);
      await i18n.use(language);
      for (const [names, most, en, zh] of cases) expect(words(names, most)).toBe({ en, zh }[language]);
    });
  }
});
