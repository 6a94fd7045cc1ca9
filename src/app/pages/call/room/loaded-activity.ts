import { inject } from '@angular/core';
import { filter, firstValueFrom } from 'rxjs';

import type { Activity } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import type { injectActivity } from './activity-view';

/** What the room shows of the members’ activity. */
export type RoomActivity = ReturnType<typeof injectActivity>;

/**
 * Does something with the activity. Loads it first, in case the person is faster than the loading. Must be called in an
 * injection context.
 */
export const injectWithActivity = (): ((act: (activity: Activity) => void) => void) => {
  const loader = inject(ActivityLoader);
  return (act) => {
    loader.want();
    void firstValueFrom(loader.activity$.pipe(filter((activity) => activity !== null))).then(act);
  };
};
