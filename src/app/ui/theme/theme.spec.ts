import { TestBed } from '@angular/core/testing';

import { Theme } from './theme';

describe('Theme', () => {
  const root = document.documentElement;
  const metas: HTMLMetaElement[] = [];

  beforeEach(() => {
    localStorage.removeItem('parley.theme');
    for (const scheme of ['light', 'dark']) {
      const meta = document.createElement('meta');
      meta.name = 'theme-color';
      meta.media = `(prefers-color-scheme: ${scheme})`;
      document.head.append(meta);
      metas.push(meta);
    }
  });

  afterEach(() => {
    localStorage.removeItem('parley.theme');
    delete root.dataset['theme'];
    for (const meta of metas.splice(0)) meta.remove();
  });

  it('follows the system at first', () => {
    const theme = TestBed.inject(Theme);
    TestBed.tick();
    expect(theme.setting()).toBe('system');
    expect(root.dataset['theme']).toBeUndefined();
    expect(metas.map((meta) => meta.content)).toEqual(['#f9faf3', '#121410']);
  });

  it('applies the choice to the page and the browser’s bars, and stores it', () => {
    const theme = TestBed.inject(Theme);
    theme.use('dark');
    TestBed.tick();
    expect(root.dataset['theme']).toBe('dark');
    expect(metas.map((meta) => meta.content)).toEqual(['#121410', '#121410']);
    expect(localStorage.getItem('parley.theme')).toBe('dark');

    theme.use('system');
    TestBed.tick();
    expect(root.dataset['theme']).toBeUndefined();
    expect(localStorage.getItem('parley.theme')).toBeNull();
  });

  it('starts with the stored choice', () => {
    localStorage.setItem('parley.theme', 'light');
    expect(TestBed.inject(Theme).setting()).toBe('light');
  });

  it('ignores an unknown value', () => {
    localStorage.setItem('parley.theme', 'purple');
    expect(TestBed.inject(Theme).setting()).toBe('system');
  });
});
