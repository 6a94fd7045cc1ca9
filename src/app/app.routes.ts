import { inject } from '@angular/core';
import { Routes } from '@angular/router';

import { I18n } from './i18n/i18n';
import type { Messages, Texts } from './i18n/texts';
import { Parts } from './loading/parts';
import { Home } from './pages/home/home';
import { newCallGuard } from './pages/home/new-call-guard';
import { PeopleLoader } from './pages/people/people-loader';
import { title } from './ui/page-title';

/** A part that is loaded with its route. */
const part =
  <T>(fetch: () => Promise<T>) =>
  () =>
    inject(Parts).load(fetch);

/** A part that depends on `People`, which is loaded with it. */
const peoplePart =
  <T>(fetch: () => Promise<T>) =>
  () => {
    const people = inject(PeopleLoader);
    return inject(Parts).load(async () => (await Promise.all([fetch(), people.load()]))[0]);
  };

/** Texts of a page, fetched in the present language before it is shown. */
const texts = <M extends Messages>(fetch: () => Promise<Texts<M>>) => ({
  texts: async () => {
    const [i18n, parts] = [inject(I18n), inject(Parts)];
    await i18n.load(await parts.load(fetch));
  },
});

export const routes: Routes = [
  { path: '', pathMatch: 'full', component: Home, canActivate: [newCallGuard], title: title('title.home') },
  {
    path: 'call',
    title: title('title.call'),
    loadChildren: part(() => import('./pages/call/call.routes')),
  },
  {
    path: 'lobby',
    title: title('title.lobby'),
    resolve: texts(() => import('./i18n/people').then(({ peopleTexts }) => peopleTexts)),
    loadComponent: peoplePart(() => import('./pages/people/lobby-page').then(({ LobbyPage }) => LobbyPage)),
  },
  {
    path: 'settings',
    title: title('title.settings'),
    loadComponent: part(() => import('./pages/settings/settings').then(({ Settings }) => Settings)),
  },
  {
    path: 'check',
    title: title('title.check'),
    resolve: texts(() => import('./i18n/check').then(({ checkTexts }) => checkTexts)),
    loadComponent: part(() => import('./pages/check/check').then(({ Check }) => Check)),
  },
  {
    path: '**',
    title: title('title.notFound'),
    loadComponent: part(() => import('./pages/not-found/not-found').then(({ NotFound }) => NotFound)),
  },
];
