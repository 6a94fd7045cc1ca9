import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, TitleStrategy } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { I18n } from '../i18n/i18n';
import { PageTitle, title } from './page-title';

@Component({ template: '' })
class Page {}

describe('PageTitle', () => {
  const before = document.title;

  afterEach(() => {
    document.title = before;
    localStorage.removeItem('parley.language');
  });

  it('follows the page and the language', async () => {
    TestBed.configureTestingModule({
      providers: [
        { provide: TitleStrategy, useExisting: PageTitle },
        provideRouter([
          { path: 'settings', component: Page, title: title('title.settings') },
          { path: 'call', component: Page, title: title('title.call') },
        ]),
      ],
    });
    const i18n = TestBed.inject(I18n);
    await i18n.use('en');
    const harness = await RouterTestingHarness.create('/settings');
    expect(document.title).toBe('Settings · Parley');
    await harness.navigateByUrl('/call');
    expect(document.title).toBe('Call · Parley');
    await i18n.use('zh');
    TestBed.tick();
    expect(document.title).toBe('通话 · Parley');
  });
});
