import { plainLine } from './plain-text';

/** Maximum length of a name, in characters (code points). */
export const MAX_NAME = 64;

/**
 * Sanitizes a person's name for display, whether typed here or received (docs/protocol.md, "Names"). Returns an empty
 * string when nothing visible remains: then the person has no name and is shown as a guest.
 */
export function cleanPersonName(name: string): string {
  // No real name is longer; processing more would be wasted work.
  const plain = plainLine(name.slice(0, 16 * MAX_NAME));
  const characters = [...plain];
  // The cut may split a joined emoji.
  return characters.length > MAX_NAME ? plainLine(characters.slice(0, MAX_NAME).join('')) : plain;
}
