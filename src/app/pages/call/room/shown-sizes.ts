import { effect, type Signal } from '@angular/core';

import type { ShownSize } from '../../../pictures/picture-flow';
import type { RoomActivity } from './loaded-activity';

/** How large a member is shown; null on a page that is not shown. */
export interface ShownMember {
  readonly session: string;
  readonly size: ShownSize | null;
}

/** The size to ask for where the stage has none yet, in device pixels: that of a small tile. */
const SMALL: ShownSize = { width: 320, height: 180 };

/**
 * Reports how large members are shown, as soon as there is an activity to report it to. Must be called in an injection
 * context.
 *
 * @param elsewhere whether members who are hidden on the stage are seen elsewhere: in a small window, or in a recording
 */
export const injectShownSizes = (
  activity: Pick<RoomActivity, 'loaded'>,
  elsewhere: Signal<boolean>,
): ((shown: ShownMember) => void) => {
  const sizes = new Map<string, ShownSize>();
  const hidden = new Set<string>();
  const report = (session: string): void => {
    const flow = activity.loaded()?.flow;
    if (hidden.has(session) && !elsewhere()) flow?.hide(session);
    else flow?.show(session, sizes.get(session) ?? SMALL);
  };
  effect(() => {
    for (const session of new Set([...sizes.keys(), ...hidden])) report(session);
  });
  return ({ session, size }) => {
    if (size === null) hidden.add(session);
    else {
      hidden.delete(session);
      sizes.set(session, size);
    }
    report(session);
  };
};
