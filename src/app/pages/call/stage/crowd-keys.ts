import { isShortcut } from '../room/shortcuts';
import type { CrowdAction } from './crowd';

/** The keys of a stage with three or more members, in the order of the help sheet. */
export const crowdShortcuts: readonly { readonly action: CrowdAction; readonly keys: readonly string[] }[] = [
  { action: 'view', keys: ['V'] },
  { action: 'pin', keys: ['K'] },
  { action: 'pageBack', keys: ['PageUp'] },
  { action: 'pageOn', keys: ['PageDown'] },
];

/** Whether the keys that turn pages scroll here: in a panel, or in a screen that is zoomed in. */
const scrolls = ({ key, target }: KeyboardEvent): boolean =>
  key.startsWith('Page') && target instanceof Element && target.closest('section, [tabindex="0"]') !== null;

/** What a key press does on a stage with three or more members; null if it means something else. */
export const crowdActionFor = (event: KeyboardEvent): CrowdAction | null => {
  if (event.shiftKey || !isShortcut(event) || scrolls(event)) return null;
  const pressed = event.key.toLowerCase();
  return crowdShortcuts.find(({ keys }) => keys[0]?.toLowerCase() === pressed)?.action ?? null;
};
