import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Remembered } from '../storage/remembered';
import { I18n, injectTexts, preferredLanguage } from './i18n';
import type { Texts } from './texts';

const en = { greeting: 'Hello {name}', farewell: 'Goodbye' } as const;

describe('preferredLanguage', () => {
  it('takes the first of the browser’s languages that there is, whatever its region', () => {
    expect(preferredLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(preferredLanguage(['EN-gb', 'zh'])).toBe('en');
  });

  it('is English when there is none', () => {
    expect(preferredLanguage(['fr', 'de'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
});

describe('I18n', () => {
  let stored: Map<string, string>;
  let part: Texts<typeof en>;
  let fetches: number;
  let reachable: boolean;

  const setUp = () => {
    TestBed.configureTestingModule({
      providers: [
        {
          provide: Remembered,
          useValue: {
            get: (key: string) => stored.get(key) ?? null,
            set: (key: string, value: string) => stored.set(key, value),
          },
        },
      ],
    });
    return TestBed.inject(I18n);
  };

  beforeEach(() => {
    stored = new Map([['parley.language', 'en']]);
    fetches = 0;
    reachable = true;
    part = {
      en,
      zh: async () => {
        fetches++;
        if (!reachable) throw new TypeError('no network');
        return { greeting: '你好，{name}', farewell: '再见' };
      },
    };
  });

  it('follows what is chosen in another window, and nothing else that is stored there', async () => {
    const i18n = setUp();
    await i18n.load(part);
    const store = (key: string, newValue: string | null) =>
      window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
    store('parley.other', 'zh');
    store('parley.language', 'fr');
    store('parley.language', null);
    await Promise.resolve();
    expect(fetches).toBe(0);
    store('parley.language', 'zh');
    await TestBed.inject(ApplicationRef).whenStable();
    expect(i18n.text(part, 'farewell')).toBe('再见');
  });

  it('fills a text’s placeholders', () => {
    const i18n = setUp();
    expect(i18n.text(part, 'greeting', { name: 'Ada $&' })).toBe('Hello Ada $&');
    expect(i18n.text(part, 'farewell')).toBe('Goodbye');
  });

  it('switches text, <html lang> and memory without a reload, and fetches a language once', async () => {
    const i18n = setUp();
    const t = TestBed.runInInjectionContext(() => injectTexts(part));
    expect(t('farewell')).toBe('Goodbye');
    expect(fetches).toBe(0);

    await i18n.use('zh');
    TestBed.tick();
    expect(t('greeting', { name: 'Ada' })).toBe('你好，Ada');
    expect(document.documentElement.lang).toBe('zh-Hans');
    expect(stored.get('parley.language')).toBe('zh');

    await i18n.use('en');
    await i18n.use('zh');
    expect(fetches).toBe(1);
    await i18n.use('en');
    TestBed.tick();
    expect(document.documentElement.lang).toBe('en');
  });

  it('starts in the remembered language, in English until its texts have arrived', async () => {
    stored.set('parley.language', 'zh');
    const i18n = setUp();
    expect(i18n.language()).toBe('zh');
    expect(i18n.text(part, 'farewell')).toBe('Goodbye');
    await i18n.load(part);
    expect(i18n.text(part, 'farewell')).toBe('再见');
  });

  it('ignores a remembered language that it does not speak', () => {
    stored.set('parley.language', 'xx');
    expect(setUp().language()).toBe(preferredLanguage(navigator.languages));
  });

  it('stays as it is while a language can’t be fetched, and follows when it can', async () => {
    const i18n = setUp();
    await i18n.load(part);
    reachable = false;
    const switched = i18n.use('zh');
    await new Promise((resolve) => setTimeout(resolve));
    expect(i18n.language()).toBe('en');
    // The choice survives a reload before the texts have arrived.
    expect(stored.get('parley.language')).toBe('zh');

    reachable = true;
    window.dispatchEvent(new Event('online'));
    await switched;
    expect(i18n.language()).toBe('zh');
    expect(i18n.text(part, 'farewell')).toBe('再见');
  });

  it('shows a part in English until it can be fetched', async () => {
    stored.set('parley.language', 'zh');
    reachable = false;
    const i18n = setUp();
    await i18n.load(part);
    expect(i18n.text(part, 'farewell')).toBe('Goodbye');
    await new Promise((resolve) => setTimeout(resolve));
    reachable = true;
    window.dispatchEvent(new Event('online'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(i18n.text(part, 'farewell')).toBe('再见');
  });

  it('the last switch wins when an earlier one is slow', async () => {
    const i18n = setUp();
    await i18n.load(part);
    const slow = i18n.use('zh');
    await i18n.use('en');
    await slow;
    expect(i18n.language()).toBe('en');
    expect(stored.get('parley.language')).toBe('en');
  });

  it('counts as the language does', async () => {
    const i18n = setUp();
    expect([0, 1, 2].map((count) => i18n.plural(count))).toEqual(['other', 'one', 'other']);
    await i18n.use('zh');
    expect(i18n.plural(1)).toBe('other');
  });

  it('keeps the direction of a sentence, whatever is filled in', async () => {
    const i18n = setUp();
    await i18n.load(part);
    expect(i18n.text(part, 'greeting', { name: 'דנה' })).toContain('\u2068דנה\u2069');
    expect(i18n.text(part, 'greeting', { name: '\u202Eann' })).not.toContain('\u202E');
    expect(i18n.text(part, 'greeting', { name: 'Ada' })).not.toContain('\u2068');
    expect(i18n.list(['דנה', 'Ada'])).toBe('\u2068דנה\u2069 and Ada');
  });

  it('joins names as the language does, and needs nothing to name one', async () => {
    const i18n = setUp();
    const made = spyOn(Intl, 'ListFormat').and.callThrough();
    expect([[], ['Ada']].map((names) => i18n.list(names))).toEqual(['', 'Ada']);
    expect(made).not.toHaveBeenCalled();
    expect(i18n.list(['Ada', 'Ben', 'Cleo'])).toBe('Ada, Ben, and Cleo');
    await i18n.use('zh');
    expect(i18n.list(['Ada', 'Ben', 'Cleo'])).toBe('Ada、Ben和Cleo');
    expect(made).toHaveBeenCalledTimes(2);
  });
});
