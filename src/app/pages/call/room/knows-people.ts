import { inject } from '@angular/core';

import { KNOWN_LOBBIES } from '../../../people/known-lobbies-key';
import { Remembered } from '../../../storage/remembered';

/** Whether this device knows people to ring. Must be called in an injection context. */
export const injectKnowsPeople = (): boolean => inject(Remembered).get(KNOWN_LOBBIES) !== null;
