import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';
import { allowServiceWorker } from './app/pwa/trusted-types';

allowServiceWorker();

void bootstrapApplication(App, appConfig);
