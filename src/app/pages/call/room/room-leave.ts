import { inject, type Signal } from '@angular/core';

import { Call } from '../../../call/call';
import type { RoomPanels } from './room-panels';
import type { RoomState } from './room-status';

/** Number of other members from which a host who leaves is asked whether the call continues. */
const SEVERAL = 2;

/**
 * Leaves the call. A host who leaves several others is first asked whether to end it for all; a second press leaves. Must be
 * called in an injection context.
 */
export const injectLeave = (state: Signal<RoomState>, panels: RoomPanels): (() => void) => {
  const call = inject(Call);
  return () => {
    const { isHost, members } = state();
    if (isHost && members.length >= SEVERAL && panels.open() !== 'leave') return panels.toggle('leave');
    call.leave();
  };
};
