import type { Provider } from '@angular/core';

import { Acquaintances } from './acquaintances';
import { DeviceAcquaintances } from './device-acquaintances';
import { LivePeople } from './live-people';
import { People } from './people';

/** Provides `People` and `Acquaintances`. Loaded with the first page that needs them. */
export const providePeople = (): Provider => [
  { provide: People, useExisting: LivePeople },
  { provide: Acquaintances, useExisting: DeviceAcquaintances },
];
