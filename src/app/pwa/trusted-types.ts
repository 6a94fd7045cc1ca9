/** The parts of W3C Trusted Types used here; TypeScript's DOM library does not have them yet. */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** The worker that is registered, beside index.html: it adds Angular's to itself. */
export const WORKER = 'worker.js';

/**
 * Makes the `default` policy (W3C Trusted Types, section 2.3.4), which the browser asks about every string that is about
 * to become a script's address: the app's own service worker passes, nothing else does. Without enforcement by the
 * Content Security Policy it has no effect.
 */
export const allowServiceWorker = (
  window: Pick<typeof globalThis, 'document'> & {
    readonly trustedTypes?: TrustedTypePolicyFactory;
  } = globalThis,
): void => {
  const allowed = new URL(WORKER, window.document.baseURI).href;
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      if (new URL(url, window.document.baseURI).href === allowed) return url;
      throw new TypeError('This script is not part of the app.');
    },
  });
};
