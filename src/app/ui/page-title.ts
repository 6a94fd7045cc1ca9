import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';

import { en } from '../i18n/en';
import { injectTexts } from '../i18n/i18n';
import { shellTexts } from '../i18n/shell';

type TitleKey = keyof typeof en & `title.${string}`;

/** A route's `title`: a key that the compiler checks. */
export const title = (key: TitleKey): TitleKey => key;

const isTitle = (key: string | undefined): key is TitleKey =>
  key !== undefined && key.startsWith('title.') && key in en;

/** Sets the document's title in the current language; a route's `title` is a key of the shell's texts. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly document = inject(Title);
  private readonly t = injectTexts(shellTexts);
  private readonly key = signal<TitleKey>('title.home');

  constructor() {
    super();
    effect(() => this.document.setTitle(this.t(this.key())));
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const key = this.buildTitle(snapshot);
    if (isTitle(key)) this.key.set(key);
  }
}
