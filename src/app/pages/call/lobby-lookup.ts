import { effect, inject, PendingTasks, type Signal, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';

import type { CallState } from '../../call/call-state';
import { FIND_PLACE } from '../../call/places';

/**
 * A bare code doesn't say what it is for: if there is no call under it but a lobby, the person meant the lobby, and goes there.
 * Returns the code that has neither, as far as is known. Must be called in an injection context.
 */
export const injectLobbyLookup = (
  code: Signal<string | null>,
  callState: Signal<CallState>,
): Signal<string | null> => {
  const find = inject(FIND_PLACE);
  const router = inject(Router);
  const tasks = inject(PendingTasks);
  const none = signal<string | null>(null);
  let asked: string | null = null;
  const look = async (wanted: string) => {
    const found = await find('lobby', wanted);
    if (code() !== wanted) return;
    if (found && callState().phase === 'absent') {
      await router.navigate(['/lobby'], { fragment: wanted, replaceUrl: true });
    } else none.set(wanted);
  };
  effect(() => {
    const now = code();
    if (callState().phase !== 'absent' || now === null || now === asked) return;
    asked = now;
    untracked(() => tasks.run(() => look(now)));
  });
  return none.asReadonly();
};
