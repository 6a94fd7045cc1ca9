import { isComposing } from '../../../ui/pressed';

/** What a key does in a call. */
export type ShortcutAction =
  | 'microphone'
  | 'camera'
  | 'screen'
  | 'chat'
  | 'hand'
  | 'invite'
  | 'people'
  | 'statistics'
  | 'fullScreen'
  | 'ownPicture'
  | 'leave'
  | 'help';

/** One line of the help sheet. */
export interface Shortcut {
  readonly action: ShortcutAction;
  /** Labels of the keys. */
  readonly keys: readonly string[];
}

/** In the order of the help sheet. Leaving takes Shift, so that a slip of the finger doesn't end a call. */
export const shortcuts: readonly Shortcut[] = [
  { action: 'microphone', keys: ['M'] },
  { action: 'camera', keys: ['C'] },
  { action: 'screen', keys: ['D'] },
  { action: 'chat', keys: ['T'] },
  { action: 'hand', keys: ['H'] },
  { action: 'invite', keys: ['I'] },
  { action: 'people', keys: ['P'] },
  { action: 'statistics', keys: ['S'] },
  { action: 'fullScreen', keys: ['F'] },
  { action: 'ownPicture', keys: ['O'] },
  { action: 'leave', keys: ['Shift', 'L'] },
  { action: 'help', keys: ['?'] },
];

const plain: Readonly<Record<string, ShortcutAction>> = {
  m: 'microphone',
  c: 'camera',
  d: 'screen',
  t: 'chat',
  h: 'hand',
  i: 'invite',
  p: 'people',
  s: 'statistics',
  f: 'fullScreen',
  o: 'ownPicture',
};

/** Types of inputs that don't take text. */
const pressable = ['button', 'checkbox', 'file', 'image', 'radio', 'reset', 'submit']
  .map((type) => `[type="${type}"]`)
  .join(', ');

/** Whether a key pressed here goes to a text field or operates a list, and so must not be a shortcut. */
const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    `input:not(${pressable}), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]`,
  ) !== null;

/** Whether Space presses the focused element. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'button, input, summary, audio, video, [role="button"], [role="switch"], [role="option"]',
  ) !== null;

/**
 * Whether a key is the push-to-talk key: Space, unless it does something else.
 *
 * @param isByKeys whether the keyboard moved the focus where it is: only then Space presses the focused element
 */
export const isTalkKey = (event: KeyboardEvent, isByKeys: boolean): boolean => {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (key !== ' ' || ctrlKey || metaKey || altKey || shiftKey || isComposing(event)) return false;
  return !takesKeys(target) && !(isByKeys && isPressable(target));
};

/** Whether a key press can be a shortcut at all: it doesn't belong to the browser, a text field, a list or an input method. */
export const isShortcut = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || isComposing(event)) &&
  !takesKeys(event.target);

/** The action of a key press, or `null` if it means something else. */
export const shortcutFor = (event: KeyboardEvent): ShortcutAction | null => {
  if (!isShortcut(event)) return null;
  if (event.key === '?') return 'help';
  if (event.shiftKey) return event.key.toLowerCase() === 'l' ? 'leave' : null;
  return plain[event.key.toLowerCase()] ?? null;
};
