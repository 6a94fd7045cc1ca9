import { computed, effect, inject, type Signal } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import { hindrance, type InputKind, type InputState } from '../../../media/media';
import { Announcer } from '../../../ui/announcer';
import { openTroubles } from '../devices/open-troubles';
import { isOn } from '../stage/own-picture';

export type RoomInputs = ReturnType<typeof injectInputs>;

/**
 * This person's microphone and camera: whether they are on, what hinders them, and turning them on and off. Announces an input
 * that the system mutes. Must be called in an injection context.
 */
export const injectInputs = (microphone: Signal<InputState>, camera: Signal<InputState>) => {
  const t = injectTexts(callTexts);
  const media = inject(LocalMedia);
  const announcer = inject(Announcer);
  const on = { microphone: computed(() => isOn(microphone())), camera: computed(() => isOn(camera())) };
  const hindrances = computed(() =>
    [hindrance('microphone', microphone()), hindrance('camera', camera())].filter((found) => found !== null),
  );
  const muted = computed(
    () => hindrances().flatMap(({ device, reason }) => (reason === 'muted' ? [device] : [])),
    { equal: (before, now) => before.join() === now.join() },
  );
  effect(() => {
    const words = muted().map((device) => t(`media.${device}.muted.title`));
    if (words.length > 0) announcer.say(words.join(' '));
  });
  return {
    on,
    /** The inputs that are on but muted by the system. */
    muted,
    troubles: openTroubles(hindrances),
    toggle: (kind: InputKind): void => media.turn(kind, !on[kind]()),
  };
};
