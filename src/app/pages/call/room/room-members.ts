import { computed, type Signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import type { InputState } from '../../../media/media';
import { memberView, type MemberView, type PausedFor } from '../stage/member-view';
import { ownStream } from '../stage/own-picture';
import type { RoomActivity } from './loaded-activity';
import type { RoomState } from './room-status';

export type RoomMembers = ReturnType<typeof injectMembers>;

/** The members as tiles and lists show them: this one and the others. Must be called in an injection context. */
export const injectMembers = (
  state: Signal<RoomState>,
  inputs: { readonly microphone: Signal<InputState>; readonly camera: Signal<InputState> },
  activity: Pick<RoomActivity, 'hand' | 'hands' | 'pictures'>,
) => {
  const t = injectTexts(callTexts);
  const stream = ownStream(inputs.camera);
  const own = computed((): MemberView => {
    const { session, name: given } = state();
    const name = given || t('guest');
    return {
      session,
      name,
      label: t('you', { name }),
      own: true,
      stream: stream(),
      microphone: inputs.microphone().status === 'on',
      camera: stream() !== null,
      // Also while it is paused for one of the others.
      pictured: stream() !== null,
      status: 'connected',
      hand: activity.hand() !== null,
      paused: pausedFor([...activity.pictures().values()].map(({ oursPaused }) => oursPaused)),
      quality: null,
      mismatch: null,
      obstacle: null,
    };
  });
  const others = computed(() =>
    state().members.map((member) =>
      memberView(member, t('guest'), {
        hand: activity.hands().has(member.session),
        paused: activity.pictures().get(member.session)?.theirsPaused ? 'all' : 'none',
        quality: activity.pictures().get(member.session)?.quality,
      }),
    ),
  );
  return {
    own,
    others,
    all: computed(() => [own(), ...others()]),
    /** When each raised hand was raised, by session, in ms. */
    hands: computed((): ReadonlyMap<string, number> => {
      const hand = activity.hand();
      const theirs = activity.hands();
      return hand === null ? theirs : new Map([...theirs, [state().session, hand]]);
    }),
  };
};

const pausedFor = (paths: readonly boolean[]): PausedFor =>
  !paths.includes(true) ? 'none' : paths.includes(false) ? 'some' : 'all';
