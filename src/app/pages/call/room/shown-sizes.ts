import { effect } from '@angular/core';

import type { ShownSize } from '../../../pictures/picture-flow';
import type { RoomActivity } from './loaded-activity';

/** How large a member is shown. */
export interface ShownMember {
  readonly session: string;
  readonly size: ShownSize;
}

/**
 * Reports how large members are shown, as soon as there is an activity to report it to. Must be called in an injection
 * context.
 */
export const injectShownSizes = (activity: Pick<RoomActivity, 'loaded'>): ((shown: ShownMember) => void) => {
  const sizes = new Map<string, ShownSize>();
  effect(() => {
    const loaded = activity.loaded();
    sizes.forEach((size, session) => loaded?.flow.show(session, size));
  });
  return ({ session, size }) => {
    sizes.set(session, size);
    activity.loaded()?.flow.show(session, size);
  };
};
