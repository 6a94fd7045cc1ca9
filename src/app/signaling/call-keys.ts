import { base32 } from './base32';
import { bareCode } from './code';

/** What a code gives: where the call's document is, and the key its fields are sealed with. */
export interface CallKeys {
  /** Document id, 26 characters (128 bits). */
  readonly callId: string;
  /** AES-256-GCM, not extractable. */
  readonly key: CryptoKey;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Derives a call's id and key from its code with HKDF-SHA-256 (RFC 5869), empty salt.
 * Firestore sees the id, never the code; neither can be computed from the other.
 */
export async function callKeys(code: string): Promise<CallKeys> {
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
    crypto.subtle.deriveBits(hkdf('parley/1/call-id'), secret, 128),
    crypto.subtle.deriveKey(hkdf('parley/1/key'), secret, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  ]);
  return { callId: base32(new Uint8Array(id)), key };
}
