import { ALPHABET, base32 } from './base32';

const LENGTH = 16;
const GROUP = 4;

/** A fresh code: 80 random bits, written `abcd-efgh-jkmn-pqrs`. */
export function newCode(): string {
  return grouped(base32(crypto.getRandomValues(new Uint8Array((LENGTH * 5) / 8))));
}

/**
 * Reads what a person typed or pasted: any case, with or without dashes and spaces, `o` for `0`, `i` or `l` for `1`,
 * or a whole link with the code as its fragment.
 *
 * @returns the code written `abcd-efgh-jkmn-pqrs`, or null when it is none
 */
export function readCode(typed: string): string | null {
  const fragment = typed.slice(typed.lastIndexOf('#') + 1);
  const characters = fragment
    .toLowerCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  const whole = characters.length === LENGTH && [...characters].every((c) => ALPHABET.includes(c));
  return whole ? grouped(characters) : null;
}

/** The code without its dashes: what keys are derived from. */
export function bareCode(code: string): string {
  return code.replaceAll('-', '');
}

function grouped(characters: string): string {
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}
