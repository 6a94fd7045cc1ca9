import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test';

import { callEn } from '../../src/app/i18n/call.en';
import { callZh } from '../../src/app/i18n/call.zh';
import { en } from '../../src/app/i18n/en';
import type { Language } from '../../src/app/i18n/texts';
import { zh } from '../../src/app/i18n/zh';
import { film } from '../support/capture-files';
import { chromiumWith, shellWith } from '../support/chromium';
import { baseURL } from '../support/environment';

export { expect, type Language };

/** Where the app is served, without a slash at the end. */
export const { origin } = new URL(baseURL);

/** All texts of the app in each of its languages. */
export const words = { en: { ...en, ...callEn }, zh: { ...zh, ...callZh } } as const;
export const languages: readonly Language[] = ['en', 'zh'];
export const locale: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** Screens the app must do on: a small old phone, and a laptop. */
export const phone = { width: 320, height: 568 };
export const desktop = { width: 1280, height: 800 };

/** Whose picture and sound it is does not matter here: they are the same for all, and the picture is small. */
const devices = [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film('yellow', { width: 320, height: 180 })}`,
];
export const launchOptions = shellWith(...devices);
/** A browser to install to. */
export const windowed = chromiumWith(...devices, '--use-fake-ui-for-media-stream');

interface Fixtures {
  /**
   * Opens a browser profile of its own: a person, on a device of theirs. It ends with the test. Without service worker
   * unless asked for, since requests that go through one can't be intercepted.
   */
  readonly visitor: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  launchOptions: [({}, use) => use(launchOptions), { scope: 'worker' }],
  baseURL: origin,
  viewport: desktop,
  locale: locale.en,
  visitor: async ({ browser }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ serviceWorkers: 'block', ...options });
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A code that nobody has used. */
export const freshCode = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => alphabet.charAt(byte & 31))
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Goes to the door of a call not yet made, as the app's shortcut does. Resolves to the call's code. */
export async function newCall(page: Page, language: Language = 'en'): Promise<string> {
  await page.goto('/?new');
  await atTheDoor(page, language);
  return new URL(page.url()).hash.slice(1);
}

/** Opens a call's link and stops at the door. */
export async function openCall(page: Page, code: string, language: Language = 'en'): Promise<void> {
  await page.goto(`/call#${code}`);
  await atTheDoor(page, language);
}

const atTheDoor = (page: Page, language: Language) => expect(goButton(page, language)).toBeEnabled();

/** The button that starts or joins a call. */
export const goButton = (page: Page, language: Language = 'en') =>
  page.getByRole('button', {
    name: new RegExp(`^(${words[language]['prejoin.join']}|${words[language]['prejoin.start']})$`),
  });

/** Gives a name at the door and joins. */
export async function join(page: Page, name: string, language: Language = 'en'): Promise<void> {
  await page.getByLabel(words[language]['prejoin.name']).fill(name);
  await goButton(page, language).click();
  await expect(controls(page, language)).toBeVisible();
}

/** A call between two people who see each other. Resolves to its code. */
export async function callBetween(ada: Page, bo: Page, language: Language = 'en'): Promise<string> {
  const code = await newCall(ada, language);
  await join(ada, 'Ada', language);
  await openCall(bo, code, language);
  await join(bo, 'Bo', language);
  await Promise.all([connected(ada), connected(bo)]);
  return code;
}

/** The other is there, and moves. */
export async function connected(page: Page): Promise<void> {
  await expect(page.locator('[role=status][data-status=connected]')).toBeVisible();
  await expect
    .poll(() =>
      page.locator('parley-stage > article video').evaluate(({ videoWidth }: HTMLVideoElement) => videoWidth),
    )
    .toBeGreaterThan(0);
}

export const controls = (page: Page, language: Language = 'en') =>
  page.getByRole('toolbar', { name: words[language]['controls.label'] });

/** A button of the call's controls. */
export const control = (
  page: Page,
  key:
    | 'microphone'
    | 'camera'
    | 'controls.chat'
    | 'controls.people'
    | 'controls.invite'
    | 'controls.more'
    | 'controls.leave',
  language: Language = 'en',
) => controls(page, language).getByRole('button', { name: words[language][key], exact: true });
