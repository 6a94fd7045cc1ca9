import { allowServiceWorker, WORKER } from './trusted-types';

describe('allowServiceWorker', () => {
  let createScriptURL: (url: string) => string;
  let name: string;

  beforeEach(() => {
    allowServiceWorker({
      document,
      trustedTypes: {
        createPolicy: (policy, rules) => {
          name = policy;
          createScriptURL = rules.createScriptURL;
        },
      },
    });
  });

  it('lets the app’s own worker through', () => {
    expect(name).toBe('default');
    expect(createScriptURL(WORKER)).toBe(WORKER);
    const whole = new URL(WORKER, document.baseURI).href;
    expect(createScriptURL(whole)).toBe(whole);
  });

  it('refuses every other script', () => {
    const others = [
      'other.js',
      'https://example.org/worker.js',
      '/elsewhere/worker.js',
      'worker.js?x=1',
      'data:text/javascript,1',
      'javascript:1',
    ];
    for (const url of others)
      expect(() => createScriptURL(url))
        .withContext(url)
        .toThrowError(TypeError);
  });

  it('does nothing in a browser without Trusted Types', () => {
    expect(() => allowServiceWorker({ document })).not.toThrow();
  });
});
