import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';

import { Browsers, type Devices, type Name } from './browsers';
import { Mortal } from './mortal';
import { baseURL } from './environment';
import { lookOf, Person } from './person';
import { recordTracks } from './tracks';
import { recordRemarks } from './remarks';

export interface Circumstances {
  /** What the page may use without asking; everything else is denied. Camera and microphone by default. */
  readonly allowed?: readonly ('camera' | 'microphone')[];
  readonly devices?: Devices;
  /** Runs in every page before its own scripts: what this browser lacks or does differently. */
  readonly before?: (() => void) | { readonly script: (argument: never) => void; readonly argument: unknown };
  /** Prepares the context, for example to answer requests instead of the network. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
  /** Registers the service worker. Requests that go through one can't be intercepted, so most tests do without. */
  readonly serviceWorker?: boolean;
  readonly context?: BrowserContextOptions;
}

interface People {
  /** A person with a browser profile of their own, on a blank page. */
  readonly person: (name: Name, circumstances?: Circumstances) => Promise<Person>;
  /** A person whose browser can be killed and started again with the same profile. */
  readonly mortal: (name: Name) => Promise<Mortal>;
  /**
   * Another window in the same browser profile, for a person with another name, and possibly at another address of the site.
   */
  readonly anotherWindow: (of: Person, name: string, home?: string) => Promise<Person>;
  /**
   * Fails the test on what must never happen in a page: uncaught errors and violations of the Content Security Policy.
   */
  readonly watch: (page: Page) => void;
}

/**
 * When one of its requests fails, Firestore's SDK loads an image from a Google address to find out whether there is a
 * network. The policy blocks it, as intended.
 */
const probe = /^Loading the image 'https:\/\/www\.google\.com\/images\/cleardot\.gif\?/;

/** Playwright's test, with people. */
export const test = base.extend<People, { browsers: Browsers }>({
  browsers: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browsers = new Browsers();
      await use(browsers);
      await browsers.close();
    },
    { scope: 'worker' },
  ],

  // eslint-disable-next-line no-empty-pattern
  watch: async ({}, use) => {
    const mishaps: string[] = [];
    await use((page) => {
      page.on('pageerror', (error) => mishaps.push(String(error.stack ?? error)));
      page.on('console', (message) => {
        const text = message.text();
        if (/Content Security Policy|TrustedHTML|TrustedScript/.test(text) && !probe.test(text)) {
          mishaps.push(text);
        }
      });
    });
    base.expect(mishaps).toEqual([]);
  },

  person: async ({ browsers, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, circumstances = {}) => {
      const { allowed = ['camera', 'microphone'], devices = 'own', before, prepare } = circumstances;
      const browser = await browsers.of(name, devices, circumstances.allowed ? 'asks' : 'asks nobody');
      const context = await browser.newContext({
        locale: 'en-US',
        viewport: { width: 960, height: 640 },
        serviceWorkers: circumstances.serviceWorker ? 'allow' : 'block',
        ...circumstances.context,
      });
      contexts.push(context);
      await context.grantPermissions([...allowed, 'clipboard-write'], { origin: baseURL });
      await context.addInitScript(recordTracks);
      await context.addInitScript(recordRemarks);
      if (typeof before === 'function') await context.addInitScript(before);
      else if (before)
        await context.addInitScript(before.script as (argument: unknown) => void, before.argument);
      await prepare?.(context);
      context.on('page', watch);
      return new Person(name, lookOf(name), context, await context.newPage());
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  mortal: async ({ watch }, use) => {
    const born: Mortal[] = [];
    await use(async (name) => {
      const one = await Mortal.start(name, watch);
      born.push(one);
      return one;
    });
    await Promise.all(born.map((one) => one.end()));
  },

  // eslint-disable-next-line no-empty-pattern
  anotherWindow: async ({}, use) => {
    await use(
      async ({ context, look }, name, home) => new Person(name, look, context, await context.newPage(), home),
    );
  },
});

export { expect } from '@playwright/test';
