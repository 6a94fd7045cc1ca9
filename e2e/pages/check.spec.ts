/** The check of device and network, on a site without STUN and TURN servers: the emulators. */
import type { Page } from '@playwright/test';

import { checkEn } from '../../src/app/i18n/check.en';
import { checkZh } from '../../src/app/i18n/check.zh';
import { logEn } from '../../src/app/i18n/log.en';
import { expect, goButton, locale, newCall, origin, test, words } from './app';

const check = (page: Page, name: string) => page.locator(`li[data-check="${name}"]`);
const verdict = (page: Page, name: string = checkEn.verdict) =>
  page.getByRole('status', { name, exact: true });

/** No check is running any more. */
const over = (page: Page) => expect(page.getByRole('progressbar')).toHaveCount(0);

test('reports the facts on a site without STUN and TURN servers', async ({ openPage }) => {
  const page = await openPage({ permissions: ['clipboard-write'] });
  // The site's Permissions Policy forbids reading the clipboard.
  await page.addInitScript(() => {
    const { clipboard } = navigator;
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (text) => {
      await write(text);
      document.documentElement.dataset['copied'] = text;
    };
  });
  await page.goto('/check');
  await expect(page).toHaveTitle(words.en['title.check']);
  for (const name of ['camera', 'microphone', 'browser', 'codecs', 'database']) {
    await expect(check(page, name), name).toHaveAttribute('data-state', 'well');
  }
  await expect(check(page, 'servers')).toContainText(checkEn['found.servers.none']);
  await expect(verdict(page)).toContainText(checkEn['verdict.nearby']);
  await expect(verdict(page)).toContainText(checkEn['why.nearby']);
  await expect(check(page, 'relay')).toContainText(checkEn['found.relay.noRelay']);
  await over(page);
  const moving = () =>
    page.getByLabel(checkEn.preview).evaluate((video: HTMLVideoElement) => video.videoWidth);
  await expect.poll(moving).toBeGreaterThan(0);

  await page.getByRole('button', { name: checkEn['report.copy'], exact: true }).click();
  await expect(page.getByRole('button', { name: checkEn['report.copied'] })).toBeVisible();
  const report = await page.evaluate(() => document.documentElement.dataset['copied'] ?? '');
  expect(report).toContain(checkEn['verdict.nearby']);
  expect(report).toContain(checkEn['name.database']);
  // The report contains no complete IP address of either version.
  expect(report.replace(/^Mozilla.*$/m, '')).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  expect(report).not.toMatch(/[\da-f]*::[\da-f]|(?:[\da-f]{1,4}:){3}/i);

  await page.getByRole('button', { name: logEn.copy }).click();
  await expect(page.getByText(logEn.copied, { exact: true }).last()).toBeVisible();
  const log = () => page.evaluate(() => document.documentElement.dataset['copied'] ?? '');
  await expect.poll(log).toMatch(/^build: [\w-]+$/m);
  expect(await log()).toMatch(/^\d+\.\d{3} firebase signed-in$/m);

  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/documents:commit', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: checkEn.again }).click();
  await expect(verdict(page)).toContainText(checkEn['verdict.running']);
  answer();
  await expect(verdict(page)).toContainText(checkEn['verdict.nearby']);
});

test('asks whether the speaker is heard', async ({ openPage }) => {
  const page = await openPage();
  await page.goto('/check');
  await page.getByRole('button', { name: checkEn['speaker.play'] }).click();
  await page.getByRole('button', { name: checkEn['speaker.no'] }).click();
  await expect(check(page, 'speaker')).toContainText(checkEn['todo.speaker.unheard']);
  await page.getByRole('button', { name: checkEn['speaker.yes'] }).click();
  await expect(check(page, 'speaker')).toHaveAttribute('data-state', 'well');
});

test('speaks Chinese', async ({ openPage }) => {
  const page = await openPage({ locale: locale.zh });
  await page.goto('/check');
  await expect(page).toHaveTitle(words.zh['title.check']);
  await expect(verdict(page, checkZh.verdict)).toContainText(checkZh['verdict.nearby']);
  await expect(check(page, 'camera')).toContainText(checkZh['found.camera.works']);
});

test('waits for a network and continues by itself', async ({ openPage }) => {
  const page = await openPage();
  // The page itself has to be loaded first.
  await page.goto('/settings');
  await page.getByRole('link', { name: words.en['settings.check'] }).click();
  await expect(verdict(page)).toContainText(checkEn['verdict.nearby']);
  await page.context().setOffline(true);
  await expect(verdict(page)).toContainText(checkEn['verdict.offline']);
  await expect(check(page, 'database')).toHaveAttribute('data-state', 'waiting');
  await expect(check(page, 'camera')).toHaveAttribute('data-state', 'well');
  await page.context().setOffline(false);
  await expect(verdict(page)).toContainText(checkEn['verdict.nearby']);
});

test('is linked from error messages, and leads back', async ({ openPage }) => {
  const page = await openPage();
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
    Object.defineProperty(MediaDevices.prototype, 'getUserMedia', { value: refuse });
  });
  const code = await newCall(page);
  await page.getByRole('link', { name: words.en['media.check'] }).click();
  await expect(check(page, 'camera')).toContainText(checkEn['todo.camera.denied']);
  await expect(verdict(page)).toContainText(checkEn['amiss.camera']);
  await page.getByRole('button', { name: checkEn.back }).click();
  await expect(page).toHaveURL(`${origin}/call#${code}`);
  await expect(goButton(page)).toBeEnabled();
});
