import { InjectionToken } from '@angular/core';

import { CallError } from './call-state';

/** What the browser must have, by its standard name. */
const NEEDED: Readonly<Record<string, () => boolean>> = {
  RTCPeerConnection: () => 'RTCPeerConnection' in globalThis,
  'RTCRtpTransceiver.setCodecPreferences': () =>
    'RTCRtpTransceiver' in globalThis && 'setCodecPreferences' in RTCRtpTransceiver.prototype,
  SubtleCrypto: () => 'subtle' in crypto,
  CompressionStream: () => 'CompressionStream' in globalThis,
};

/** Throws a `CallError` with `insecure` or `unsupported` when this browser or page can't hold a call. */
export const CHECK_CAPABILITIES = new InjectionToken<() => void>('check of what the browser has', {
  providedIn: 'root',
  factory: () => checkCapabilities,
});

function checkCapabilities(): void {
  if (!isSecureContext) {
    throw new CallError('insecure');
  }
  const missing = Object.keys(NEEDED).filter((name) => !NEEDED[name]!());
  if (missing.length > 0) {
    throw new CallError('unsupported', { missing });
  }
}
