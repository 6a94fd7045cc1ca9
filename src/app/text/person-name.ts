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
  return [...plain].length > MAX_NAME ? plainLine(cut(plain)) : plain;
}

/** The first `MAX_NAME` characters, without the last grapheme (UAX #29) if the limit is within it: half an emoji is another one. */
function cut(text: string): string {
  const characters = [...text];
  const longest = characters.slice(0, MAX_NAME).join('');
  const last = new Intl.Segmenter().segment(text).containing(longest.length)?.index ?? longest.length;
  // A single grapheme that is longer than a name is cut all the same.
  return last > 0 ? text.slice(0, last) : longest;
}
