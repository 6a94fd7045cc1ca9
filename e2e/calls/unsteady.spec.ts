/** Requests on an unsteady network: on trains, or while changing from one network to another. */
import type { BrowserContext } from '@playwright/test';

import { Apart } from '../support/apart';
import { namespacesMissing } from '../support/namespaces';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { pass } from '../support/time';
import { within } from '../../tools/patience.mjs';

/** Makes some scripts fail, depending on how often they have been requested. Resolves to those counts. */
async function failingScripts(context: BrowserContext, fails: (tries: number, url: string) => boolean) {
  const tries = new Map<string, number>();
  await context.route(/\.js$/, (route) => {
    const url = new URL(route.request().url()).pathname;
    const now = (tries.get(url) ?? 0) + 1;
    tries.set(url, now);
    return fails(now, url) ? route.abort('connectionfailed') : route.continue();
  });
  return tries;
}

const once = (tries: number) => tries === 1;

test('every part of the app that fails to load is fetched again', async ({ person }) => {
  let tries = new Map<string, number>();
  const ada = await person('Ada', {
    prepare: async (context) => {
      tries = await failingScripts(context, once);
    },
  });
  const ben = await person('Ben');
  await ada.newCall();
  await ada.page.getByText('Devices', { exact: true }).click();
  await expect(ada.page.getByLabel('Speaker')).toBeVisible();
  await ada.joinNow();
  await expect(ada.page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);

  await ada.control('Chat').click();
  await ada.panel.getByRole('textbox', { name: 'Message' }).fill('Tunnel!');
  await ada.page.keyboard.press('Enter');
  await expect(ben.control('Chat')).toHaveAccessibleDescription('1 unread message');
  await ada.control('People').click();
  await expect(ada.panel.getByText('Ben').first()).toBeVisible();
  await ada.choose('Statistics');
  await expect(ada.panel.getByText('Round trip').first()).toBeVisible();
  await ben.control('Share screen').click();
  await expect(ada.page.getByRole('article', { name: /screen/ })).toBeVisible();
  await expect(ada.page.getByText('Part of Parley hasn’t loaded')).toBeHidden();

  // The script of the sounds is not fetched again: a late sound is of no use.
  const failed = () => [...tries].filter(([url]) => !/^\/(boot|tones)/.test(url));
  expect(failed().length).toBeGreaterThan(15);
  // The worker that notices sleep begins 10 s after the first link.
  await expect.poll(() => failed().some(([url]) => url.startsWith('/worker'))).toBeTruthy();
  await expect.poll(() => failed().filter(([, count]) => count < 2)).toEqual([]);
});

test('a part that fails to load for long is reported, in the call too, and loads by itself later', async ({
  person,
}) => {
  let broken = false;
  const ada = await person('Ada', { prepare: (context) => failingScripts(context, () => broken) });
  await ada.startCall();
  broken = true;
  await ada.control('Chat').click();
  const told = ada.page.getByText('Part of Parley hasn’t loaded');
  await expect(told).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'Reload' })).toBeVisible();
  broken = false;
  await expect(ada.panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await expect(told).toBeHidden();
});

test('a page whose scripts fail to load is reloaded, and reports it if that does not help', async ({
  person,
}) => {
  let most = 3;
  const ada = await person('Ada', {
    prepare: (context) => failingScripts(context, (tries, url) => url.startsWith('/main') && tries < most),
  });
  await ada.goHome();
  await ada.page.getByRole('button', { name: 'New call' }).click();
  await expect(ada.joinButton).toBeEnabled();

  most = Infinity;
  await ada.page.reload();
  const told = ada.page.getByRole('alert').filter({ hasText: 'Parley couldn’t load' });
  await expect(told).toBeVisible({ timeout: within(30_000) });
  most = 0;
  await told.getByRole('button', { name: 'Reload' }).click();
  await expect(ada.joinButton).toBeEnabled();
});

test('requests that get lost once are retried silently', async ({ person }) => {
  const lost: string[] = [];
  const ada = await person('Ada');
  await ada.startCall();
  const ben = await person('Ben', {
    prepare: (context) =>
      context.route(/init\.json|emulators\.json|accounts:signUp|:batchGet/, (route) => {
        const url = new URL(route.request().url()).pathname;
        if (route.request().method() === 'OPTIONS' || lost.includes(url)) return route.continue();
        lost.push(url);
        return route.abort('connectionfailed');
      }),
  });
  await ben.page.addInitScript(() => {
    const page = globalThis as unknown as { messages: string[] };
    page.messages = [];
    new MutationObserver(() => {
      const message = document.querySelector('parley-call-message h1')?.textContent;
      if (message) page.messages.push(message);
    }).observe(document, { childList: true, subtree: true });
  });
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);
  expect(await ben.page.evaluate(() => (globalThis as unknown as { messages: string[] }).messages)).toEqual(
    [],
  );
  expect(lost.map((path) => path.replace(/.*[/:]/, '')).sort()).toEqual([
    'batchGet',
    'emulators.json',
    'init.json',
    'signUp',
  ]);
});

test('a seat that could not be requested is taken when the network is back', async ({ person }) => {
  const ada = await person('Ada');
  await ada.startCall();
  const ben = await person('Ben');
  await ben.open(ada.link);
  await expect(ben.joinButton).toBeEnabled();
  const commits = /:commit/;
  await ben.context.route(commits, async (route) => {
    // While this waits, the connection to Ada is attempted. It must leave nothing behind.
    await pass(700);
    await route.abort('internetdisconnected');
  });
  await ben.pressJoin();
  await ben.isTold('Can’t reach Parley');
  await ben.context.unroute(commits);
  await seeAndHearEachOther(ada, ben);
});

const missing = namespacesMissing();

test.describe('a network that changes all the time', { tag: '@apart' }, () => {
  test.skip(missing !== null, `Needs network namespaces: ${missing}`);

  test('does not prevent opening the page and joining', async ({ watch }) => {
    const apart = await Apart.start(watch);
    try {
      const [ada, ben] = apart.people;
      await ada.startCall();
      const dropped: string[] = [];
      ben.page.on('requestfailed', (request) => dropped.push(request.failure()?.errorText ?? ''));
      let changing = true;
      const changes = (async () => {
        for (let more = true; changing; more = !more) {
          apart.network.change('b', more);
          await pass(250);
        }
      })();
      try {
        await expect(async () => ben.open(ada.link)).toPass();
        // On a fast machine, everything may happen between two changes.
        await expect(async () => {
          if (!dropped.includes('net::ERR_NETWORK_CHANGED')) await ben.page.reload();
          expect(dropped).toContain('net::ERR_NETWORK_CHANGED');
        }).toPass({ intervals: [0], timeout: within(20_000) });
        await ben.joinNow();
      } finally {
        changing = false;
        await changes;
      }
      await seeAndHearEachOther(ada, ben);
    } finally {
      await apart.end();
    }
  });
});
