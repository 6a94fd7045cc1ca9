/** Pictures for the documentation: Parley with two drawn people in a call. */
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';

import { connected, join as joinAs, launchOptions, newCall, openCall, origin, test } from '../pages/app';
import { film, type Portrait } from './portrait';

const folder = join(import.meta.dirname, '../../docs/pictures');

const ada: Portrait = {
  name: 'Ada',
  wall: ['#d9d3c7', '#a8b5ab'],
  skin: '#c98e66',
  hair: '#2f211b',
  shirt: '#0c6a5c',
  long: true,
};
const ben: Portrait = {
  name: 'Ben',
  wall: ['#cfd8dc', '#9aa7b4'],
  skin: '#e3b48f',
  hair: '#7a4a26',
  shirt: '#34495e',
  long: false,
};

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

test('a call between two people, on a phone and on a desktop', async ({ browser }) => {
  const people = await Promise.all(
    [ada, ben].map(async (portrait) => {
      const camera = `--use-file-for-fake-video-capture=${await film(browser, portrait)}`;
      // The last of several camera flags wins.
      return chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), camera] });
    }),
  );
  const open = async (person: number, options: BrowserContextOptions): Promise<Page> => {
    const context = await people[person]?.newContext({ baseURL: origin, locale: 'en-GB', ...options });
    if (!context) throw new Error('There is no such person.');
    return context.newPage();
  };
  try {
    const [large, small] = [await open(0, desktop), await open(1, { ...phone, colorScheme: 'dark' })];
    const code = await newCall(large);
    await joinAs(large, 'Ada');
    await openCall(small, code);
    await joinAs(small, 'Ben');
    await Promise.all([large, small].map(sharp));
    await sideBySide(browser, await take(large), await take(small));
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
});

/** Waits until the peer's picture has reached its full size. */
async function sharp(page: Page): Promise<void> {
  await connected(page);
  const video = page.locator('parley-stage > article video');
  await test.expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth))
    .toBeGreaterThan(900);
}

async function take(page: Page): Promise<string> {
  await page.mouse.move(0, 0);
  return (await page.screenshot({ type: 'png', animations: 'disabled' })).toString('base64');
}

/** Combines the phone in front of the desktop into one picture, small enough for a README. */
async function sideBySide(browser: Browser, large: string, small: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 960, height: 600 } });
  await page.setContent(`
    <style>
      body { margin: 0; background: transparent; }
      img { position: absolute; display: block; box-sizing: border-box; border: 5px solid #2b2d29; }
      .desktop { inset: 0 auto auto 0; inline-size: 860px; border-radius: 14px; }
      .phone { inset: auto 0 0 auto; inline-size: 224px; border-radius: 26px; box-shadow: 0 0 0 4px #fff; }
    </style>
    <img class="desktop" src="data:image/png;base64,${large}" />
    <img class="phone" src="data:image/png;base64,${small}" />`);
  await page.screenshot({ path: join(folder, 'call.png'), omitBackground: true });
  await page.close();
}
