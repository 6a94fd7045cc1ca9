/**
 * Whether an input method is composing text and takes this key itself. Safari ends the composition before the key event that
 * ended it; only the code 229 marks that event (WebKit bug 165004; UI Events, legacy key codes).
 */
export const isComposing = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229;

/**
 * Whether a key is pressed, and not by an input method that is composing text. Every handler of Enter or Escape in the app uses
 * it; a lint rule enforces that. A form's submit event needs no check: browsers submit a form on the character that Enter
 * types, and during a composition it types none.
 */
export const isPressed = (event: KeyboardEvent, key: 'Enter' | 'Escape'): boolean =>
  event.key === key && !isComposing(event);
