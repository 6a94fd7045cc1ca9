/** A new version is deployed while a person uses Parley. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';

import { control, controls, expect, newCall, test } from './app';
import { StaticSite } from './static-site';

/** The worker's message about a version that is ready (Angular's `VersionReadyEvent`). */
const ready = 'VERSION_READY';

test('a new version offers a reload, not in a call but after it', async ({ browser }) => {
  const site = await StaticSite.open();
  const context = await browser.newContext({ baseURL: site.origin });
  try {
    const page = await context.newPage();
    await page.goto('/');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      }
    });
    const prompt = page.getByText('A new version of Parley is ready.');

    await newCall(page);
    await page.getByRole('button', { name: 'Join now' }).click();
    await expect(controls(page)).toBeVisible();
    deploy(site, 'second');
    expect(await lookForUpdates(page)).toBe(ready);
    await expect(prompt).toHaveCount(0);
    expect(await version(page)).toBeNull();

    await control(page, 'controls.leave').click();
    await expect(prompt).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => version(page)).toBe('second');
    await expect(prompt).toHaveCount(0);

    // After "Later" the prompt stays away. The version loads with the next reload.
    await page.goto('/');
    deploy(site, 'third');
    expect(await lookForUpdates(page)).toBe(ready);
    await page.getByRole('button', { name: 'Later' }).click();
    await expect(prompt).toHaveCount(0);
    expect(await version(page)).toBe('second');
    await page.reload();
    await expect.poll(() => version(page)).toBe('third');
  } finally {
    await context.close();
    await site.close();
  }
});

/** Deploys a version that differs in one line of index.html, with the hashes that the build would have computed. */
function deploy(site: StaticSite, name: string): void {
  const index = site
    .text('/index.html')
    .replace(/<meta name="version"[^>]*>/, '')
    .replace('</head>', `<meta name="version" content="${name}"></head>`);
  const manifest = JSON.parse(site.text('/ngsw.json')) as {
    timestamp: number;
    hashTable: Record<string, string>;
  };
  manifest.timestamp++;
  manifest.hashTable['/index.html'] = createHash('sha1').update(index).digest('hex');
  site.publish({ '/index.html': index, '/ngsw.json': JSON.stringify(manifest) });
}

const version = (page: Page): Promise<string | null> =>
  page
    .evaluate(() => document.querySelector('meta[name=version]')?.getAttribute('content') ?? null)
    // The page is being reloaded.
    .catch(() => null);

/** Makes the worker check now. By itself it waits until it has been idle for five seconds. */
const lookForUpdates = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
          if (/^VERSION_(?:READY|INSTALLATION_FAILED)$|^NO_NEW_VERSION/.test(data.type)) resolve(data.type);
        });
        navigator.serviceWorker.controller?.postMessage({ action: 'CHECK_FOR_UPDATES', nonce: 1 });
      }),
  );
