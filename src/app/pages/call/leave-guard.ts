import { computed, effect, inject, type Signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap } from 'rxjs';

import { ActivityLoader } from '../../activity/activity-loader';
import { Files } from '../../files/files';
import { isUnderWay } from '../../files/transfer';
import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { askBeforeUnload } from '../../ui/ask-before-unload';
import { Snack } from '../../ui/snack/snack';

/**
 * Asks before the page is closed while a recording or a transfer would be cut off. After leaving the room, says what happens
 * to a recording. Must be called in an injection context.
 *
 * @param inRoom whether the page shows the room, which says so itself
 */
export const guardLeaving = (inRoom: Signal<boolean>): void => {
  const t = injectTexts(callTexts);
  const snack = inject(Snack);
  const recording = toSignal(
    inject(ActivityLoader).activity$.pipe(switchMap((activity) => activity?.recording.state$ ?? of(null))),
    { initialValue: null },
  );
  const transfers = toSignal(inject(Files).transfers$, { initialValue: [] });
  const status = computed(() => recording()?.status ?? 'off');
  askBeforeUnload(
    () =>
      status() === 'starting' ||
      status() === 'on' ||
      status() === 'saving' ||
      transfers().some(({ state }) => isUnderWay(state)),
  );
  effect(() => {
    status();
    const now = untracked(recording);
    if (now === null || untracked(inRoom)) return;
    if (now.status === 'saving') void snack.show(t('recording.saving'));
    if (now.status === 'failed') void snack.show(t(`recording.trouble.${now.reason}`));
  });
};
