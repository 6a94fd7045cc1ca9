/**
 * The cost of opening Parley: compressed bytes of every response of the site, with a cold cache. The Hosting emulator
 * does not compress, so each body is compressed here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

import { controls, expect, origin, test } from './app';
import { built, gzipLevel } from './static-site';

const kB = 1000;
/** Budget for the first load of the start page, in bytes. */
const homeBudget = 110 * kB;
/** Budget for everything from the start page until one is in a call, in bytes. */
const callBudget = 340 * kB;

/** Watches what a page fetches from its site. `sizes` resolves to the sizes. */
class Transfer {
  private readonly responses: Response[] = [];

  constructor(page: Page) {
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (url.origin === origin) this.responses.push(response);
    });
  }

  /** Bytes per path so far. */
  async sizes(): Promise<Map<string, number>> {
    const sizes = await Promise.all(
      this.responses.map(async (response) => {
        const type = response.headers()['content-type'] ?? '';
        const body = await response.body();
        // Like Hosting, this leaves images that are already compressed unchanged.
        const bytes = /^image\/(?!svg)/.test(type)
          ? body.length
          : gzipSync(body, { level: gzipLevel }).length;
        return [new URL(response.url()).pathname, bytes] as const;
      }),
    );
    return new Map(sizes);
  }
}

const total = (sizes: ReadonlyMap<string, number>) =>
  [...sizes.values()].reduce((sum, size) => sum + size, 0);

/** Chunks of the build that contain the Firebase SDK. */
const firebaseChunks = () =>
  [...built()]
    .filter(
      ([path, content]) =>
        path.endsWith('.js') && /identitytoolkit\.googleapis\.com/.test(content.toString()),
    )
    .map(([path]) => path);

test('the start page and everything that a call needs stay within their budgets', async ({ openPage }, {
  annotations,
}) => {
  const page = await openPage();
  const transfer = new Transfer(page);
  await page.goto('/', { waitUntil: 'networkidle' });
  const home = await transfer.sizes();
  const firebase = firebaseChunks();
  expect(firebase.length).toBeGreaterThan(0);
  expect([...home.keys()].filter((path) => firebase.includes(path) || path.startsWith('/__/'))).toEqual([]);
  expect(total(home), JSON.stringify([...home], null, 1)).toBeLessThanOrEqual(homeBudget);

  await page.getByRole('button', { name: 'New call' }).click();
  await page.getByRole('button', { name: 'Start call' }).click();
  await expect(controls(page)).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  const call = await transfer.sizes();
  // Fetched after everything that the call itself needs: the QR code, drawn for people who look at the invitation, and
  // after five seconds what is shown when the call is over.
  const later = /^\/(qr-code|call-message)-/;
  expect([...call.keys()].filter((path) => path.startsWith('/qr-code')).length).toBe(1);
  for (const path of call.keys()) if (later.test(path)) call.delete(path);
  expect([...call.keys()].filter((path) => firebase.includes(path)).length).toBeGreaterThan(0);
  expect(total(call), JSON.stringify([...call], null, 1)).toBeLessThanOrEqual(callBudget);

  const figures = `home ${total(home)} B, until in a call ${total(call)} B (gzip ${gzipLevel})`;
  annotations.push({ type: 'transfer', description: figures });
  console.log(`  ${figures}`);
});

interface Budget {
  readonly type: string;
  readonly maximumError?: string;
}

test('a build whose first load grows too large fails', () => {
  const workspace = JSON.parse(readFileSync(join(import.meta.dirname, '../../angular.json'), 'utf8')) as {
    projects: { parley: { architect: { build: { configurations: { production: { budgets: Budget[] } } } } } };
  };
  const { budgets } = workspace.projects.parley.architect.build.configurations.production;
  const limit = /^([\d.]+) ?kB$/.exec(budgets.find(({ type }) => type === 'initial')?.maximumError ?? '');
  // The builder counts the bytes of scripts and styles before compression. The styles are inlined into the page.
  const index = built().get('/index.html')?.toString() ?? '';
  const scripts = [...index.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => `/${path}`);
  const styles = [...index.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = '']) => Buffer.from(text));
  expect([scripts.length, styles.length]).toEqual([1, 1]);
  const sizes = [...scripts.map((path) => built().get(path) ?? Buffer.alloc(0)), ...styles];
  const raw = sizes.reduce((sum, { length }) => sum + length, 0);
  const compressed = sizes.reduce((sum, content) => sum + gzipSync(content, { level: gzipLevel }).length, 0);
  const allowed = Number(limit?.[1]) * kB;
  expect(raw).toBeLessThanOrEqual(allowed);
  // At the present compression ratio, the builder's limit stays within the budget for transfers.
  expect((allowed / raw) * compressed).toBeLessThanOrEqual(homeBudget);
});
