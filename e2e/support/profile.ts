import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';

import type { Browsers, Devices, Name } from './browsers';
import { baseURL } from './environment';
import { lookOf, Person } from './person';
import { recordRemarks } from './remarks';
import { recordTracks } from './tracks';

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

/** tsx, which benchmarks and soak tests use, wraps functions with a helper that pages don't have. */
export const nameless = 'globalThis.__name ??= (named) => named;';

/** A person with a browser profile of their own, on a blank page. `watch` gets each page that is opened in it. */
export async function personIn(
  browsers: Browsers,
  name: Name,
  watch: (page: Page) => void,
  circumstances: Circumstances = {},
): Promise<Person> {
  const { allowed = ['camera', 'microphone'], devices = 'own', before, prepare } = circumstances;
  const browser = await browsers.of(name, devices, circumstances.allowed ? 'asks' : 'asks nobody');
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 960, height: 640 },
    serviceWorkers: circumstances.serviceWorker ? 'allow' : 'block',
    ...circumstances.context,
  });
  await context.grantPermissions([...allowed, 'clipboard-write'], { origin: baseURL });
  await context.addInitScript({ content: nameless });
  await context.addInitScript(recordTracks);
  await context.addInitScript(recordRemarks);
  if (typeof before === 'function') await context.addInitScript(before);
  else if (before) await context.addInitScript(before.script as (argument: unknown) => void, before.argument);
  await prepare?.(context);
  context.on('page', watch);
  return new Person(name, lookOf(name), context, await context.newPage());
}

/**
 * When one of its requests fails, Firestore's SDK loads an image from a Google address to find out whether there is a
 * network. The policy blocks it, as intended.
 */
const probe = /^Loading the image 'https:\/\/www\.google\.com\/images\/cleardot\.gif\?/;

/** Notes what must never happen in a page: uncaught errors and violations of the Content Security Policy. */
export const noting =
  (mishaps: string[]) =>
  (page: Page): void => {
    page.on('pageerror', (error) => mishaps.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy|TrustedHTML|TrustedScript/.test(text) && !probe.test(text)) {
        mishaps.push(text);
      }
    });
  };
