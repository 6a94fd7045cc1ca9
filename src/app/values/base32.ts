/** Crockford's base32 in lower case: no `i`, `l`, `o`, `u`. */
export const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Encodes bytes as Crockford base32, most significant bits first. The last character is padded with zero bits.
 *
 * @param bytes any number of bytes
 * @returns ⌈8 · bytes / 5⌉ characters
 */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

/** A random id of 16 characters (80 bits) for sessions and links. */
export function randomId(): string {
  return base32(crypto.getRandomValues(new Uint8Array(10)));
}
