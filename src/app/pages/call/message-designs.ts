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

import type { MessageAction, MessageKind } from './message';

/** Appearance and actions of a message; its texts are in `i18n/message.ts`. */
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
  refused: calm(noMeetingRoomIcon, 'newCall', 'home'),
  expired: calm(timerOffIcon, 'newCall', 'home'),
  left: calm(logoutIcon, 'rejoin', 'newCall', 'home'),
  offline: problem(wifiOffIcon, 'retry', 'check', 'home'),
  unreachable: problem(cloudOffIcon, 'retry', 'check', 'home'),
  'sign-in': problem(noAccountsIcon, 'retry', 'check', 'home'),
  'sign-in-off': problem(noAccountsIcon, 'retry', 'home'),
  'sign-in-api': problem(noAccountsIcon, 'retry', 'home'),
  'sign-in-busy': problem(hourglassDisabledIcon, 'retry', 'home'),
  'sign-in-quota': problem(hourglassDisabledIcon, 'retry', 'home'),
  'api-key': problem(settingsIcon, 'retry', 'home'),
  address: problem(settingsIcon, 'retry', 'home'),
  'app-check': problem(settingsIcon, 'retry', 'home'),
  account: problem(noAccountsIcon, 'retry', 'home'),
  forbidden: problem(blockIcon, 'newCall', 'retry', 'home'),
  quota: problem(hourglassDisabledIcon, 'retry', 'home'),
  storage: problem(databaseOffIcon, 'retry', 'home'),
  configuration: problem(settingsIcon, 'retry', 'home'),
  tampered: problem(gppMaybeIcon, 'newCall', 'home'),
  outdated: problem(extensionOffIcon, 'reload', 'home'),
  ended: calm(logoutIcon, 'newCall', 'home'),
  removed: problem(personOffIcon, 'rejoin', 'newCall', 'home'),
  unsupported: problem(extensionOffIcon, 'home'),
  insecure: problem(keyOffIcon, 'home'),
  unavailable: problem(cloudOffIcon, 'retry', 'check', 'home'),
};
