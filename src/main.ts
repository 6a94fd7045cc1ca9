import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';
import { notePageEvents } from './app/log/page-events';
import { allowWorkers } from './app/pwa/trusted-types';

notePageEvents(window);
allowWorkers();

void bootstrapApplication(App, appConfig);
