import { readTyped } from '../../call/code';

/** A call or lobby that a QR code leads to. */
export interface ScannedPlace {
  readonly place: 'call' | 'lobby';
  readonly code: string;
}

/** Reads a QR code's text. Null if it isn't a link to a call or lobby of the site with this origin. */
export function scannedPlace(text: string, origin: string): ScannedPlace | null {
  if (!URL.canParse(text) || new URL(text).origin !== origin) return null;
  const read = readTyped(text);
  return read.kind === 'code' && read.place !== null ? { place: read.place, code: read.code } : null;
}
