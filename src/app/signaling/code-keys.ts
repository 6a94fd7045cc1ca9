import { base32 } from '../values/base32';
import { bareCode } from './code';

/** Derived from a code: the id of its document, and the key that seals the document's fields. */
export interface CodeKeys {
  /** Document id, 26 characters (128 bits). */
  readonly id: string;
  /** AES-256-GCM, not extractable. */
  readonly key: CryptoKey;
}

/** The `info` values that separate calls from lobbies (docs/protocol.md, "Code, id, key"). */
const INFO = {
  call: { id: 'parley/1/call-id', key: 'parley/1/key' },
  lobby: { id: 'parley/1/lobby-id', key: 'parley/1/lobby-key' },
} as const;

const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Derives id and key from a code with HKDF-SHA-256 (RFC 5869), empty salt.
 * Firestore sees the id, never the code; neither can be computed from the other.
 */
export async function codeKeys(code: string, of: keyof typeof INFO): Promise<CodeKeys> {
  const secret = await crypto.subtle.importKey('raw', bytes(bareCode(code)), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ]);
  const hkdf = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: bytes(info),
  });
  const [id, key] = await Promise.all([
    crypto.subtle.deriveBits(hkdf(INFO[of].id), secret, 128),
    crypto.subtle.deriveKey(hkdf(INFO[of].key), secret, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  ]);
  return { id: base32(new Uint8Array(id)), key };
}
