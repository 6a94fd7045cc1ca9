import { inject } from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { KeyShortcuts } from '../../../ui/key-shortcuts';
import { isPressed } from '../../../ui/pressed';
import { OwnCorner } from '../stage/own-corner';
import { FullScreen } from './full-screen';
import { injectLeave } from './room-leave';
import type { RoomPanels } from './room-panels';
import type { RoomScene } from './room-scene';
import { type ShortcutAction, shortcutFor } from './shortcuts';

/** Returns what handles a key that is pressed anywhere in the page. Must be called in an injection context. */
export const injectKeys = (
  {
    state,
    seen,
    inputs,
    screens,
    gestures,
  }: Pick<RoomScene, 'state' | 'seen' | 'inputs' | 'screens' | 'gestures'>,
  panels: RoomPanels,
) => {
  const t = injectTexts(callTexts);
  const announcer = inject(Announcer);
  const leave = injectLeave(state, panels);
  const corner = inject(OwnCorner);
  const fullScreen = inject(FullScreen);
  const shortcuts = inject(KeyShortcuts);
  const act = (action: ShortcutAction): void => {
    switch (action) {
      case 'microphone':
      case 'camera': {
        const words = t(`announce.${action}.${inputs.on[action]() ? 'off' : 'on'}`);
        inputs.toggle(action);
        return announcer.say(words);
      }
      case 'fullScreen':
        return void fullScreen.toggle();
      case 'screen':
        return screens.toggle();
      case 'hand':
        return gestures.toggleHand();
      case 'ownPicture':
        return corner.move();
      case 'leave':
        return leave();
      case 'help':
        return panels.toggle('shortcuts');
      default:
        return panels.toggle(action);
    }
  };
  return (event: KeyboardEvent): void => {
    if (!seen()) return;
    if (isPressed(event, 'Escape') && panels.open() !== null) return panels.close();
    const action = shortcuts.on() ? shortcutFor(event) : null;
    if (action === null) return;
    event.preventDefault();
    act(action);
  };
};
