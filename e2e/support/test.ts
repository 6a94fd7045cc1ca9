import { test as base, type BrowserContext, type Page } from '@playwright/test';

import { Browsers, type Name } from './browsers';
import { Mortal } from './mortal';
import { Person } from './person';
import { noting, personIn, type Circumstances } from './profile';

export type { Circumstances };

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
    await use(noting(mishaps));
    base.expect(mishaps).toEqual([]);
  },

  person: async ({ browsers, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, circumstances) => {
      const person = await personIn(browsers, name, watch, circumstances);
      contexts.push(person.context);
      return person;
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
