import { allowWorkers, WORKER } from './trusted-types';

describe('allowWorkers', () => {
  let createScriptURL: (url: string) => string;
  let name: string;

  beforeEach(() => {
    allowWorkers({
      document,
      trustedTypes: {
        createPolicy: (policy, rules) => {
          name = policy;
          createScriptURL = rules.createScriptURL;
        },
      },
    });
  });

  it('allows the app’s own worker', () => {
    expect(name).toBe('default');
    expect(createScriptURL(WORKER)).toBe(WORKER);
    const whole = new URL(WORKER, document.baseURI).href;
    expect(createScriptURL(whole)).toBe(whole);
  });

  it('allows the workers of the build', () => {
    const url = new URL('worker-5LXQ2RTA.js', document.baseURI).href;
    expect(createScriptURL(url)).toBe(url);
  });

  it('refuses every other script', () => {
    const others = [
      'other.js',
      'https://example.org/worker.js',
      '/elsewhere/worker.js',
      'worker.js?x=1',
      'data:text/javascript,1',
      'javascript:1',
      'https://example.org/worker-5LXQ2RTA.js',
      '/elsewhere/worker-5LXQ2RTA.js',
      'worker-5LXQ2RTA.js?x=1',
      'worker-5LXQ2RTA.js#x',
      'worker-other.js',
      'main-5LXQ2RTA.js',
      'blob:https://example.org/worker-5LXQ2RTA.js',
    ];
    for (const url of others)
      expect(() => createScriptURL(url))
        .withContext(url)
        .toThrowError(TypeError);
  });

  it('does nothing in a browser without Trusted Types', () => {
    expect(() => allowWorkers({ document })).not.toThrow();
  });
});
