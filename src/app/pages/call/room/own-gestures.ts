import { inject, type Signal } from '@angular/core';

import type { ReactionEmoji } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { injectWithActivity } from './loaded-activity';

export type OwnGestures = ReturnType<typeof injectOwnGestures>;

/**
 * This person's hand and reactions. Must be called in an injection context.
 *
 * @param hand since when the hand is up; null while it is down
 */
export const injectOwnGestures = (hand: Signal<number | null>) => {
  const t = injectTexts(callTexts);
  const announcer = inject(Announcer);
  const withActivity = injectWithActivity();
  const raise = (up: boolean): void => {
    withActivity((activity) => activity.raiseHand(up));
    announcer.say(t(up ? 'announce.hand.up' : 'announce.hand.down'));
  };
  return {
    raise,
    toggleHand: (): void => raise(hand() === null),
    react: (emoji: ReactionEmoji): void => withActivity((activity) => activity.react(emoji)),
  };
};
