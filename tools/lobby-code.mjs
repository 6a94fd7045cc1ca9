import { hkdfSync, randomBytes } from 'node:crypto';

import { Refusal } from './project.mjs';

/*
 * Codes and the ids derived from them: docs/protocol.md, "Code, id, key". Implemented again for Node, so that
 * publishing needs no packages and no build.
 */

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Length of a code. */
const CHARACTERS = 16;
/** Length of an id, in bytes. */
const BYTES = 16;

/** A new code: 80 random bits, written `abcd-efgh-jkmn-pqrs`. */
export const newCode = () => grouped(base32(randomBytes((CHARACTERS * 5) / 8)));

/**
 * The code of the public lobby on emulators. It is the same at every start, so that what browsers remember about it
 * stays true even though the database has been emptied. It is not secret; neither is the code of a real public lobby.
 *
 * @param {string} project id
 */
export const demoCode = (project) =>
  grouped(base32(hashed(project, 'parley/1/demo-lobby', (CHARACTERS * 5) / 8)));

/**
 * Parses a code as people write it, or a whole link.
 *
 * @param {string} typed
 * @returns {string} the code, written `abcd-efgh-jkmn-pqrs`
 */
export function parseCode(typed) {
  const characters = typed
    .slice(typed.lastIndexOf('#') + 1)
    .toLowerCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  if (characters.length === CHARACTERS && [...characters].every((one) => ALPHABET.includes(one))) {
    return grouped(characters);
  }
  throw new Refusal(
    `--code ${typed}: a code has 16 letters and digits, without u, for example abcd-efgh-jkmn-pqrs. Leave out --code to get a new one.`,
  );
}

/**
 * Derives an id from a code (HKDF-SHA-256, RFC 5869, empty salt).
 *
 * @param {string} code
 * @param {'parley/1/call-id' | 'parley/1/lobby-id'} info
 * @returns {string} 26 characters
 */
export const idOf = (code, info) => base32(hashed(code.replaceAll('-', ''), info, BYTES));

/** @param {string} secret @param {string} info @param {number} length in bytes */
const hashed = (secret, info, length) => new Uint8Array(hkdfSync('sha256', secret, '', info, length));

/** @param {string} characters */
const grouped = (characters) => characters.replace(/.{4}(?=.)/g, '$&-');

/**
 * Crockford's base32, most significant bits first; the last character is padded with zero bits.
 *
 * @param {Uint8Array} bytes
 */
const base32 = (bytes) =>
  [...bytes]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .replace(/.{1,5}/g, (bits) => ALPHABET[parseInt(bits.padEnd(5, '0'), 2)] ?? '');
