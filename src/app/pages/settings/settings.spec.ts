import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { I18n } from '../../i18n/i18n';
import { Settings } from './settings';

describe('Settings', () => {
  afterEach(() => {
    localStorage.removeItem('parley.language');
    localStorage.removeItem('parley.theme');
    delete document.documentElement.dataset['theme'];
  });

  it('changes language and appearance at once', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    await TestBed.inject(I18n).use('en');
    const fixture = TestBed.createComponent(Settings);
    const page = fixture.nativeElement as HTMLElement;
    await fixture.whenStable();
    const choose = (name: string) => {
      const label = [...page.querySelectorAll('label')].find((label) => label.textContent?.trim() === name);
      label?.querySelector('input')?.click();
      return label;
    };
    const chosen = () =>
      [...page.querySelectorAll('label:has(:checked)')].map((label) => label.textContent?.trim());

    expect(chosen()).toEqual(['English', 'System']);
    expect(choose('Dark')).toBeTruthy();
    await fixture.whenStable();
    expect(document.documentElement.dataset['theme']).toBe('dark');

    expect(choose('简体中文')).toBeTruthy();
    await fixture.whenStable();
    expect(page.querySelector('h1')?.textContent).toBe('设置');
    expect(chosen()).toEqual(['简体中文', '深色']);
  });
});
