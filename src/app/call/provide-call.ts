import type { Provider } from '@angular/core';

import { Call } from './call';
import { ActivityLoader } from '../activity/activity-loader';
import { Files } from '../files/files';
import { LiveCall } from './live-call';
import { Peers } from '../wire/peers';

/** The call of one page. It is destroyed with the page, which leaves the call. */
export const provideCall = (): Provider => [
  LiveCall,
  { provide: Call, useExisting: LiveCall },
  { provide: Peers, useExisting: LiveCall },
  ActivityLoader,
  Files,
];
