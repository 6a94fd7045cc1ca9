import { effect } from '@angular/core';

import type { PictureFlow, ShownSize } from '../../../pictures/picture-flow';
import type { RoomActivity } from './loaded-activity';

/** How large a member is shown; null while nobody here sees them. */
export interface ShownMember {
  readonly session: string;
  readonly size: ShownSize | null;
}

/** Tells a member how large they are shown. */
const report = (flow: PictureFlow | undefined, session: string, size: ShownSize | null): void =>
  size ? flow?.show(session, size) : flow?.hide(session);

/**
 * Reports how large members are shown, as soon as there is an activity to report it to. Must be called in an injection
 * context.
 */
export const injectShownSizes = (activity: Pick<RoomActivity, 'loaded'>): ((shown: ShownMember) => void) => {
  const sizes = new Map<string, ShownSize | null>();
  effect(() => {
    const flow = activity.loaded()?.flow;
    sizes.forEach((size, session) => report(flow, session, size));
  });
  return ({ session, size }) => {
    sizes.set(session, size);
    report(activity.loaded()?.flow, session, size);
  };
};
