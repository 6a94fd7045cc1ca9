/**
 * Whether an input method is composing text and takes this key itself. Safari ends the composition before the key that
 * ended it, which then is marked only by the code 229 (WebKit bug 165004; UI Events, legacy key codes).
 */
export const isComposing = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229;

/**
 * Whether a key is pressed, and not by an input method that is composing text. Everything that Enter or Escape does in the
 * app asks here; a lint rule sees to it. The submit event of a form needs no such care: browsers submit a form by the
 * character that Enter types, and while text is composed it types none.
 */
export const isPressed = (event: KeyboardEvent, key: 'Enter' | 'Escape'): boolean =>
  event.key === key && !isComposing(event);
