import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';

import { Remembered } from '../../storage/remembered';

/** The person's setting: light, dark, or the system's. */
export type ThemeSetting = 'system' | 'light' | 'dark';

export const themeSettings: readonly ThemeSetting[] = ['system', 'light', 'dark'];

const key = 'parley.theme';

/** Colours of the browser's own bars; the same as in index.html and the manifest. */
const barColor: Readonly<Record<'light' | 'dark', string>> = { light: '#f9faf3', dark: '#121410' };

/** Light or dark. `styles.scss` reads it from `data-theme` on the root element. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly remembered = inject(Remembered);
  private readonly current = signal<ThemeSetting>(this.initial());

  readonly setting = this.current.asReadonly();

  constructor() {
    effect(() => this.apply(this.current()));
  }

  use(setting: ThemeSetting): void {
    this.current.set(setting);
    this.remembered.set(key, setting === 'system' ? null : setting);
  }

  private initial(): ThemeSetting {
    const stored = this.remembered.get(key);
    return themeSettings.find((setting) => setting === stored) ?? 'system';
  }

  private apply(setting: ThemeSetting): void {
    const root = this.document.documentElement;
    if (setting === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = setting;
    for (const scheme of ['light', 'dark'] as const) {
      this.document
        .querySelector(`meta[name="theme-color"][media*="${scheme}"]`)
        ?.setAttribute('content', barColor[setting === 'system' ? scheme : setting]);
    }
  }
}
