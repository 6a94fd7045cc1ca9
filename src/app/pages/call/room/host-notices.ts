import { effect, inject, Injector } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { Call } from '../../../call/call';
import { Parts } from '../../../loading/parts';
import { noted } from '../../../log/note';
import { LocalMedia } from '../../../media/local-media';
import { rememberMuted } from '../../../storage/tab-memory';
import { RoomEnd } from './room-end';
import type { RoomInputs } from './room-inputs';

/**
 * Mutes the microphone when the host asks for it, and tells that and who is the host, by a part that loads with the first such
 * notice. Must be called in an injection context.
 */
export const obeyHost = ({ on }: RoomInputs): void => {
  const media = inject(LocalMedia);
  const parts = inject(Parts);
  const injector = inject(Injector);
  const roomEnd = inject(RoomEnd).signal;
  effect(() => {
    if (on.microphone()) rememberMuted(false);
  });
  inject(Call)
    .notices$.pipe(takeUntilDestroyed())
    .subscribe((notice) => {
      if (notice.kind !== 'mute' && notice.kind !== 'host') return;
      if (notice.kind === 'mute') {
        if (!on.microphone()) return;
        // Remembered for this call alone: the next one begins as the person likes it.
        media.keepOff('microphone', true);
        rememberMuted(true);
      }
      parts
        .load(() => import('./host-news'))
        .then(({ tellHostNews }) => tellHostNews(injector, notice, roomEnd))
        .catch(noted('pages', 'host-news'));
    });
};
