import type { Provider } from '@angular/core';

import { Call } from './call';
import { LiveCall } from './live-call';

/** The call of one page; destroyed with it, which leaves the call. */
export const provideCall = (): Provider => ({ provide: Call, useClass: LiveCall });
