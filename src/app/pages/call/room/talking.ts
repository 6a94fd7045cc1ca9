import { computed, DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap } from 'rxjs';

import { LocalMedia } from '../../../media/local-media';
import type { InputState } from '../../../media/media';
import { Peers } from '../../../wire/peers';
import { isOn } from '../stage/own-picture';
import { pushToTalk } from './push-to-talk';
import type { RoomStatus } from './room-status';
import { isSent$ } from './sent-track';
import { whileOn } from './while-on';

export type Talking = ReturnType<typeof injectTalking>;

/**
 * Push to talk: the microphone is on while Space is held. Must be called in an injection context.
 *
 * @param seen whether the room listens to keys
 */
export const injectTalking = (
  seen: Signal<boolean>,
  microphone: Signal<InputState>,
  status: Signal<RoomStatus>,
) => {
  const media = inject(LocalMedia);
  const { peers$ } = inject(Peers);
  const held = signal(false);
  const track = computed(() => {
    const state = microphone();
    return held() && state.status === 'on' ? state.track : null;
  });
  const sent = toSignal(
    toObservable(track).pipe(switchMap((now) => (now ? isSent$(peers$, now) : of(false)))),
    { initialValue: false },
  );
  whileOn(
    seen,
    pushToTalk(inject(DOCUMENT), () => !isOn(microphone())),
  ).subscribe((now) => {
    held.set(now);
    media.turn('microphone', now);
  });
  // If the call ends while Space is held, the next one must not begin with the microphone on.
  inject(DestroyRef).onDestroy(() => {
    if (held()) media.turn('microphone', false);
  });
  return {
    /** Whether Space is held. */
    held: held.asReadonly(),
    /** Status while Space is held: must not say that the person is heard before they are. */
    status: computed(() => {
      if (!held()) return null;
      const { status: input } = microphone();
      if (input === 'starting') return 'talkingSoon';
      if (input !== 'on' || status() !== 'connected') return null;
      return sent() ? 'talking' : 'talkingSoon';
    }),
  };
};
