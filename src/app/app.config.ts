import {
  ApplicationConfig,
  ErrorHandler,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import { provideRouter, TitleStrategy, UrlSerializer } from '@angular/router';
import { provideServiceWorker } from '@angular/service-worker';

import { routes } from './app.routes';
import { CodeAddress } from './code-address';
import { I18n } from './i18n/i18n';
import { shellTexts } from './i18n/shell';
import { UncaughtErrors } from './log/uncaught-errors';
import { provideFetchedPeople } from './pages/people/people-loader';
import { IdleTime } from './pwa/idle-time';
import { WORKER } from './pwa/trusted-types';
import { PageTitle } from './ui/page-title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useClass: UncaughtErrors },
    // Chinese is loaded before the first page shows; English is built in.
    provideAppInitializer(() => inject(I18n).load(shellTexts)),
    provideRouter(routes),
    { provide: UrlSerializer, useFactory: () => new CodeAddress() },
    provideFetchedPeople(),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideServiceWorker(WORKER, {
      enabled: !isDevMode(),
      registrationStrategy: () => inject(IdleTime).come$,
    }),
  ],
};
