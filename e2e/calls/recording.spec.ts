import puppeteer, { type Page as HiddenPage } from 'puppeteer-core';

import { launchOptions } from '../support/browsers';
import { baseURL, chromiumPath } from '../support/environment';
import { lookOf, type Person } from '../support/person';
import { bytesOf, hasCues, pictureTimes, playBack } from '../support/recorded';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';

/** A slow machine records less than one frame per second during a call between two browsers. */
const PATIENCE = { timeout: within(60_000) };

/** Records until this many parts are stored on disk. Each contains a second, or more on a slow machine. */
async function record(who: Person, parts: number): Promise<void> {
  await who.choose('Record call');
  await expect(who.page.locator('.recording')).toBeVisible();
  await expect.poll(() => who.page.evaluate(storedParts), PATIENCE).toBeGreaterThanOrEqual(parts);
}

/** Runs in the page: the number of recording parts that are stored. */
const storedParts = () =>
  new Promise<number>((resolve, reject) => {
    const opening = indexedDB.open('parley-recordings');
    opening.onerror = () => reject(new Error('no database'));
    opening.onsuccess = () => {
      const database = opening.result;
      const counting = database.transaction('parts').objectStore('parts').count();
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    };
  });

test.describe.configure({ timeout: within(150_000) });

const offerOf = ({ page }: Person) =>
  page.getByRole('group', { name: /^A recording from .* was interrupted/ });

test('all members see that a recording runs, and it is saved as a seekable file', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
  await ada.startCall();
  await ben.join(ada.link);
  await Promise.all([ada.sees(ben), ben.sees(ada)]);

  await record(ada, 3);
  await expect(ben.page.locator('.recording')).toHaveText('Ada is recording');
  const downloading = ada.page.waitForEvent('download');
  await ada.page.getByRole('button', { name: 'Stop recording' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Parley .*\.(webm|mp4)$/);
  await expect(ben.page.locator('.recording')).toHaveCount(0);

  const file = await bytesOf(download);
  expect(hasCues(file)).toBe(true);
  const { duration, middle, colour, loudness } = await playBack(ada.page, file);
  expect(duration).toBeGreaterThan(2);
  expect(duration).toBeLessThan(150);
  expect(Math.abs(middle - duration / 2)).toBeLessThan(0.1);
  expect(colour).toBe(ben.look.colour);
  expect(loudness).toBeGreaterThan(0.01);
});

test('a recording made before the browser crashed is offered at the next visit', async ({
  mortal,
  person,
}) => {
  const [ada, ben] = [await mortal('Ada'), await person('Ben')];
  await ada.startCall();
  await ben.join(ada.link);
  await Promise.all([ada.sees(ben), ben.sees(ada)]);
  await record(ada, 3);
  await ada.kill();

  const again = await ada.restart();
  await again.goHome();
  const downloading = again.page.waitForEvent('download');
  await offerOf(again).getByRole('button', { name: 'Save', exact: true }).click();
  const file = await bytesOf(await downloading);
  expect(hasCues(file)).toBe(true);
  const { duration, middle, colour } = await playBack(again.page, file);
  // Everything but the last second.
  expect(duration).toBeGreaterThan(1.5);
  expect(Math.abs(middle - duration / 2)).toBeLessThan(0.1);
  expect(colour).toBe(ben.look.colour);
  await expect(offerOf(again)).toHaveCount(0);
});

test('reloading during a recording asks first, and the recording is offered in the call', async ({
  person,
}) => {
  const ada = await person('Ada');
  await ada.startCall();
  await record(ada, 2);
  const asked: string[] = [];
  ada.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await ada.page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(ada.controls).toBeVisible();
  await offerOf(ada).getByRole('button', { name: 'Delete', exact: true }).click();
  await ada.press('Delete recording');
  await expect.poll(() => ada.page.evaluate(storedParts)).toBe(0);
  // Nothing would be lost now, so the page may be closed without a question.
  await ada.page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('a recording continues at full rate while its page is hidden, and shows what happens meanwhile', async () => {
  // Playwright's pages are never hidden, and its browsers never throttle timers.
  const { args } = launchOptions('Ada');
  const browser = await puppeteer.launch({
    executablePath: chromiumPath,
    args: args!
      .filter((flag) => !flag.startsWith('--disable-features'))
      .concat('--use-fake-ui-for-media-stream'),
    ignoreDefaultArgs: [
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(keepSaved);
    await page.goto(`${baseURL}/?new`);
    await page.locator('#name').fill('Ada');
    await page.locator('button[type=submit]:not(:disabled)').click();
    await page.locator('[role=toolbar] ::-p-aria(More)').click();
    await page.locator('[data-panel=more] ::-p-text(Record call)').click();
    await page.locator('.recording').wait();
    await page.evaluate(pressNamed, 'Stop camera');
    const other = await browser.newPage();
    await other.bringToFront();
    await page.evaluate(hiddenFor, 1);
    await page.evaluate(pressNamed, 'Start camera');
    // Longer than before, so that the middle of the recording shows the camera.
    await page.evaluate(hiddenFor, 12);
    await page.evaluate(pressNamed, 'Stop recording');
    const file = await saved(page);
    const times = await pictureTimes(file);
    const end = times.at(-1)!;
    // The page's own timers fired once a second.
    expect(times.filter((time) => time > end - 4).length).toBeGreaterThan(4 * 3);
    expect((await playBack(other, file)).colour).toBe(lookOf('Ada').colour);
  } finally {
    await browser.close();
  }
});

/** Runs in the page before its own scripts: keeps the file that is handed to the browser for download. */
const keepSaved = () => {
  const original = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (file: Blob) => {
    Object.assign(globalThis, { saved: file });
    return original(file);
  };
};

async function saved(page: HiddenPage): Promise<Buffer> {
  await expect.poll(() => page.evaluate(() => 'saved' in globalThis)).toBe(true);
  const base64 = await page.evaluate(async () => {
    const file = (globalThis as unknown as { saved: Blob }).saved;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  });
  return Buffer.from(base64, 'base64');
}

/** Runs in the page: waits until it is hidden and its timers are throttled, then for this many ticks of a second. */
const hiddenFor = (ticks: number) =>
  new Promise<void>((resolve) => {
    let slow = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      if (document.visibilityState === 'hidden' && now - last > 700) slow++;
      last = now;
      if (slow <= ticks) return;
      clearInterval(timer);
      resolve();
    }, 100);
  });

const pressNamed = (name: string) => {
  const buttons = [...document.querySelectorAll('button')];
  buttons.find((button) => button.textContent?.trim() === name)!.click();
};
