import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';
import { allowWorkers } from './app/pwa/trusted-types';

allowWorkers();

void bootstrapApplication(App, appConfig);
