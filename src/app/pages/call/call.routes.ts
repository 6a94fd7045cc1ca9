import { inject } from '@angular/core';
import type { Routes } from '@angular/router';

import { callTexts } from '../../i18n/call';
import { I18n } from '../../i18n/i18n';
import { CallVisit } from './call-visit';

const routes: Routes = [
  {
    path: '',
    component: CallVisit,
    resolve: { texts: () => inject(I18n).load(callTexts) },
  },
];

export default routes;
