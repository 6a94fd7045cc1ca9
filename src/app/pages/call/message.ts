import type { CallReason, CallState } from '../../call/call-state';
import {
  blockIcon,
  cloudOffIcon,
  databaseOffIcon,
  extensionOffIcon,
  gppMaybeIcon,
  groupsIcon,
  hourglassDisabledIcon,
  hourglassTopIcon,
  keyOffIcon,
  linkOffIcon,
  logoutIcon,
  noAccountsIcon,
  noMeetingRoomIcon,
  personOffIcon,
  timerOffIcon,
} from '../../ui/icon/call-icons';
import type { IconPath } from '../../ui/icon/icon';
import { settingsIcon, wifiOffIcon } from '../../ui/icon/icons';

/** A page that says what happened, instead of a call. */
export type MessageKind = 'badCode' | 'absent' | 'full' | 'closed' | 'expired' | 'left' | CallReason;

/** Where a person can go next. */
export type MessageLink = 'check' | 'home';

/** What a person can do next. The first of a message is the most obvious one. */
export type MessageAction = 'start' | 'retry' | 'rejoin' | 'newCall' | MessageLink;

/** The looks and ways on of a message; its words are `message.{kind}.title` and `.text`. */
export interface MessageDesign {
  readonly icon: IconPath;
  readonly mood: 'calm' | 'problem';
  readonly actions: readonly MessageAction[];
}

const calm = (icon: IconPath, ...actions: MessageAction[]): MessageDesign => ({
  icon,
  mood: 'calm',
  actions,
});
const problem = (icon: IconPath, ...actions: MessageAction[]): MessageDesign => ({
  icon,
  mood: 'problem',
  actions,
});

export const messageDesigns: Readonly<Record<MessageKind, MessageDesign>> = {
  badCode: problem(linkOffIcon, 'home', 'newCall'),
  absent: calm(hourglassTopIcon, 'start', 'home'),
  full: calm(groupsIcon, 'newCall', 'home'),
  closed: calm(noMeetingRoomIcon, 'newCall', 'home'),
  expired: calm(timerOffIcon, 'newCall', 'home'),
  left: calm(logoutIcon, 'rejoin', 'newCall', 'home'),
  offline: problem(wifiOffIcon, 'retry', 'check', 'home'),
  'sign-in': problem(noAccountsIcon, 'retry', 'home'),
  forbidden: problem(blockIcon, 'newCall', 'retry', 'home'),
  quota: problem(hourglassDisabledIcon, 'retry', 'home'),
  storage: problem(databaseOffIcon, 'retry', 'home'),
  configuration: problem(settingsIcon, 'retry', 'home'),
  tampered: problem(gppMaybeIcon, 'newCall', 'home'),
  removed: problem(personOffIcon, 'rejoin', 'newCall', 'home'),
  unsupported: problem(extensionOffIcon, 'home'),
  insecure: problem(keyOffIcon, 'home'),
  unavailable: problem(cloudOffIcon, 'retry', 'check', 'home'),
};

/** The message that a state calls for; `null` where there is a call, or one about to be. */
export const messageOf = (state: CallState): MessageKind | null => {
  switch (state.phase) {
    case 'opening':
    case 'prejoin':
    case 'joining':
    case 'entering':
    case 'seated':
      return null;
    case 'failed':
      return state.error.reason;
    default:
      return state.phase;
  }
};
