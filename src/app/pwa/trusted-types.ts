/** The parts of W3C Trusted Types used here, which TypeScript's DOM library lacks. */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** The registered service worker, beside index.html. It imports Angular's. */
export const WORKER = 'worker.js';
/** Name that the build gives to each of the app's dedicated workers, which are beside index.html as well. */
const DEDICATED = /^worker-[0-9A-Z]{8}\.js$/;

/**
 * Creates the `default` policy (W3C Trusted Types, section 2.3.4). The browser consults it for every string used as a
 * script URL. Only the app's service worker and the workers of the build are allowed. Has no effect unless the Content
 * Security Policy enforces it.
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
