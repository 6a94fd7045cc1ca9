/** What prevents calls on this page in this browser. */
export type Obstacle =
  | { readonly kind: 'insecure' }
  /** `missing`: the interfaces the browser lacks, by their standard names. */
  | { readonly kind: 'unsupported'; readonly missing: readonly string[] };

type Needed = Pick<typeof globalThis, 'isSecureContext'> & {
  readonly RTCPeerConnection?: unknown;
  readonly CompressionStream?: unknown;
  readonly crypto?: { readonly subtle?: unknown };
};

/**
 * The first thing that prevents calls on this page, or `null` if nothing does. An insecure page comes first: there the browser
 * hides interfaces that it has (W3C Secure Contexts), so naming them would mislead.
 */
export const obstacle = (window: Needed): Obstacle | null => {
  if (!window.isSecureContext) return { kind: 'insecure' };
  const missing = [
    window.RTCPeerConnection ? [] : ['WebRTC'],
    window.crypto?.subtle ? [] : ['Web Crypto'],
    window.CompressionStream ? [] : ['Compression Streams'],
  ].flat();
  return missing.length ? { kind: 'unsupported', missing } : null;
};
