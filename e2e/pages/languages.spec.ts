/** English and Chinese, switched without a reload. `states.spec.ts` checks that no text stays English. */
import type { Page } from '@playwright/test';

import { callBetween, control, controls, expect, locale, test, words } from './app';

const page = (of: Page) => of.locator('html');

/** Marks the page; a reload would remove the mark. */
const mark = (of: Page) => of.evaluate(() => document.documentElement.setAttribute('data-marked', ''));
const notReloaded = (of: Page) => expect(page(of)).toHaveAttribute('data-marked', '');

test('the start page switches at once, keeps what was typed, and remembers', async ({ openPage }) => {
  const ada = await openPage();
  await ada.goto('/');
  await expect(page(ada)).toHaveAttribute('lang', 'en');
  await expect(ada).toHaveTitle(words.en['title.home']);
  await ada.getByLabel('Call code or link').fill('abcd');
  await mark(ada);
  await ada.getByRole('button', { name: '简体中文' }).click();
  await expect(ada.getByRole('button', { name: words.zh['home.newCall'] })).toBeVisible();
  await expect(page(ada)).toHaveAttribute('lang', 'zh-Hans');
  await expect(ada).toHaveTitle(words.zh['title.home']);
  await expect(ada.getByLabel(words.zh['home.code'])).toHaveValue('abcd');
  await notReloaded(ada);

  await ada.reload();
  await expect(ada.getByRole('button', { name: words.zh['home.newCall'] })).toBeVisible();
  await expect(page(ada)).toHaveAttribute('lang', 'zh-Hans');
  await ada.getByRole('button', { name: 'English' }).click();
  await expect(ada.getByRole('button', { name: 'New call' })).toBeVisible();
  await expect(ada).toHaveTitle(words.en['title.home']);
});

test('a Chinese browser starts in Chinese, even before any script has run', async ({ openPage }) => {
  const ada = await openPage({ locale: locale.zh });
  const held: (() => void)[] = [];
  await ada.route('**/main-*.js', async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await ada.goto('/', { waitUntil: 'commit' });
  await expect(ada.getByText(words.zh['home.newCall'], { exact: true })).toBeVisible();
  await expect(ada.getByText(words.en['home.newCall'], { exact: true })).toBeHidden();
  await expect(page(ada)).toHaveAttribute('lang', 'zh-Hans');
  held.forEach((release) => release());
  await expect(ada.getByRole('button', { name: words.zh['home.newCall'] })).toBeVisible();
  await expect(ada).toHaveTitle(words.zh['title.home']);
});

test('switching the language does not interrupt a call', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await callBetween(ada, bo);
  await expect(ada).toHaveTitle('In a call with Bo · Parley');
  await mark(ada);
  const video = ada.locator('parley-stage > article video');
  const stream = await video.evaluateHandle(({ srcObject }: HTMLVideoElement) => srcObject);

  await control(ada, 'controls.more').click();
  await ada.getByRole('radio', { name: '简体中文' }).click();
  await expect(controls(ada, 'zh')).toBeVisible();
  await expect(page(ada)).toHaveAttribute('lang', 'zh-Hans');
  await expect(ada).toHaveTitle(words.zh['title.with'].replace('{names}', 'Bo') + ' · Parley');
  await expect(ada.locator('main p[data-status]')).toHaveText(words.zh['status.connected']);
  await expect(ada.getByRole('article', { name: words.zh.you.replace('{name}', 'Ada') })).toBeVisible();
  await notReloaded(ada);
  const same = await video.evaluate(
    (element: HTMLVideoElement, before) => element.srcObject === before,
    stream,
  );
  expect(same).toBe(true);

  await ada.getByRole('radio', { name: 'English' }).click();
  await expect(controls(ada, 'en')).toBeVisible();
  await notReloaded(ada);
});
