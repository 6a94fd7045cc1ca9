import { plainLine } from './plain-text';

/** Longest name, in characters (code points). */
export const MAX_NAME = 64;

/**
 * A person's name, as they typed it or as it came from elsewhere, fit to be shown (docs/protocol.md, "Names"). Empty when there is
 * nothing to be seen in it: then they have no name, and are shown as a guest.
 */
export function cleanPersonName(name: string): string {
  // Nobody writes more than this; what is longer is not worth going through.
  const plain = plainLine(name.slice(0, 16 * MAX_NAME));
  const characters = [...plain];
  // A cut may leave half of an emoji that is joined of several.
  return characters.length > MAX_NAME ? plainLine(characters.slice(0, MAX_NAME).join('')) : plain;
}
