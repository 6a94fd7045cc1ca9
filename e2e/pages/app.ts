import { test as base, expect, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';

import { callEn } from '../../src/app/i18n/call.en';
import { callZh } from '../../src/app/i18n/call.zh';
import { en } from '../../src/app/i18n/en';
import { messageEn } from '../../src/app/i18n/message.en';
import { messageZh } from '../../src/app/i18n/message.zh';
import type { Language } from '../../src/app/i18n/texts';
import { zh } from '../../src/app/i18n/zh';
import { film } from '../support/capture-files';
import { chromiumWith, shellWith } from '../support/chromium';
import { baseURL } from '../support/environment';

export { expect, type Language };

/** Origin of the app, without a trailing slash. */
export const { origin } = new URL(baseURL);

/** All texts of the app in each of its languages. */
export const words = {
  en: { ...en, ...callEn, ...messageEn },
  zh: { ...zh, ...callZh, ...messageZh },
} as const;
export const languages: readonly Language[] = ['en', 'zh'];
export const locale: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** Screens on which the app must work: a small old phone, and a laptop. */
export const phone = { width: 320, height: 568 };
export const desktop = { width: 1280, height: 800 };

/** Tests of pages don't check whose picture and sound it is. They are the same for all, and the picture is small. */
const devices = [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film('yellow', { width: 320, height: 180 })}`,
];
export const launchOptions = shellWith(...devices);
/** A browser in which the app can be installed. */
export const windowed = chromiumWith(...devices, '--use-fake-ui-for-media-stream');

interface Fixtures {
  /**
   * Opens a new browser profile: a person on a device of their own. It is closed with the test. Without a service
   * worker by default, because requests that go through one can't be intercepted.
   */
  readonly openPage: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  launchOptions: [({}, use) => use(launchOptions), { scope: 'worker' }],
  baseURL: origin,
  viewport: desktop,
  locale: locale.en,
  openPage: async ({ browser }, use) => {
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

/** A new code, which nobody has used. */
export const freshCode = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => alphabet.charAt(byte & 31))
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Opens the prejoin page of a call that does not exist yet, as the app's shortcut does. Resolves to the call's code. */
export async function newCall(page: Page, language: Language = 'en'): Promise<string> {
  await page.goto('/?new');
  await atTheDoor(page, language);
  return new URL(page.url()).hash.slice(1);
}

/** Opens a call's link and stays on the prejoin page. */
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

/** Enters a name on the prejoin page and joins. */
export async function join(page: Page, name: string, language: Language = 'en'): Promise<void> {
  await page.getByLabel(words[language]['prejoin.name']).fill(name);
  await goButton(page, language).click();
  await expect(controls(page, language)).toBeVisible();
}

/** Starts a call between two people who see each other. Resolves to its code. */
export async function callBetween(ada: Page, bo: Page, language: Language = 'en'): Promise<string> {
  const code = await newCall(ada, language);
  await join(ada, 'Ada', language);
  await openCall(bo, code, language);
  await join(bo, 'Bo', language);
  await Promise.all([connected(ada), connected(bo)]);
  return code;
}

/** The peer is connected and its video plays. */
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
  key: 'controls.chat' | 'controls.people' | 'controls.invite' | 'controls.more' | 'controls.leave',
  language: Language = 'en',
) => controls(page, language).getByRole('button', { name: words[language][key], exact: true });

const presses = {
  microphone: ['mute.microphone', 'unmute.microphone'],
  camera: ['camera.stop', 'camera.start'],
} as const;

/** The button of an input in the call's controls. Its name says what a press does, so it has two. */
export const toggle = (page: Page, input: 'microphone' | 'camera', language: Language = 'en') => {
  const [on, off] = presses[input].map((key) =>
    controls(page, language).getByRole('button', { name: words[language][key], exact: true }),
  ) as [Locator, Locator];
  return on.or(off);
};
