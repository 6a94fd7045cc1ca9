/** The parts of W3C Trusted Types used here; TypeScript's DOM library does not have them yet. */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** The worker that is registered, beside index.html: it adds Angular's to itself. */
export const WORKER = 'worker.js';
/** Name that the build gives to each of the app's dedicated workers, which lie beside index.html as well. */
const DEDICATED = /^worker-[0-9A-Z]{8}\.js$/;

/**
 * Makes the `default` policy (W3C Trusted Types, section 2.3.4), which the browser asks about every string that is about
 * to become a script's address: the app's own service worker and the workers of the build pass, nothing else does. Without
 * enforcement by the Content Security Policy it has no effect.
 */
export const allowWorkers = (
  window: Pick<typeof globalThis, 'document'> & {
    readonly trustedTypes?: TrustedTypePolicyFactory;
  } = globalThis,
): void => {
  const base = new URL('.', window.document.baseURI).href;
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      const { href } = new URL(url, base);
      const name = href.startsWith(base) ? href.slice(base.length) : '';
      if (name === WORKER || DEDICATED.test(name)) return url;
      throw new TypeError('This script is not part of the app.');
    },
  });
};
