import indexPage from '../../../index.html' with { loader: 'text' };
import { shellTexts } from '../../i18n/shell';
import type { Messages } from '../../i18n/texts';

describe('what index.html shows before any script has run', () => {
  const shown = new DOMParser().parseFromString(indexPage, 'text/html');

  const expectWords = (lang: string, texts: Messages) => {
    const page = shown.querySelector(`.home-first[lang="${lang}"]`);
    const words = [...(page?.querySelectorAll('h1, p, label, .button') ?? [])].map((e) =>
      e.textContent?.trim(),
    );
    expect(words).toEqual(
      [
        'home.heading',
        'home.lead',
        'home.newCall',
        'home.or',
        'home.code',
        'home.join',
        'home.makeLobby',
      ].map((key) => texts[key] ?? ''),
    );
  };

  it('has the start page’s texts in English', () => expectWords('en', shellTexts.en));

  it('has the start page’s texts in Chinese', async () => expectWords('zh-Hans', await shellTexts.zh()));

  it('has the start page’s title, and no inline script or style', () => {
    expect(shown.title).toBe(shellTexts.en['title.home']);
    for (const script of shown.querySelectorAll('script')) {
      expect(script.hasAttribute('src')).toBeTrue();
    }
    expect(shown.querySelector('style, [style]')).toBeNull();
  });
});
