/** Finding a circle again, and getting into one with the camera. */
import { peopleEn } from '../../src/app/i18n/people.en';
import { scanEn } from '../../src/app/i18n/scan.en';
import { expect, test } from './app';
import { newLobby } from './lobby';

interface Seen {
  seen?: readonly string[];
}

/** A browser that reads QR codes: what it sees is set by the test. */
function withDetector(): void {
  class BarcodeDetector {
    static readonly getSupportedFormats = () => Promise.resolve(['qr_code']);
    readonly detect = () =>
      Promise.resolve(((globalThis as Seen).seen ?? []).map((rawValue) => ({ rawValue })));
  }
  Object.assign(globalThis, { BarcodeDetector });
}

test('a circle is found again under its name, until it is forgotten', async ({ openPage }) => {
  const page = await openPage();
  const link = await newLobby(page);
  await page.getByRole('button', { name: peopleEn['lobby.giveName'] }).click();
  await page.getByRole('textbox', { name: peopleEn['lobby.name'] }).fill('Family');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Family' })).toBeVisible();

  await page.goto('/');
  await page.getByRole('link', { name: 'Family', exact: true }).click();
  await expect(page).toHaveURL(link);
  await page.getByRole('button', { name: 'Forget Family' }).click();
  await expect(page).toHaveURL(/\/lobby$/);
  const code = new URL(link).hash.slice(1);
  const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(await kept()).not.toContain(code);

  await page.getByRole('button', { name: peopleEn['lobbies.undo'] }).click();
  expect(await kept()).toContain(code);
  await page.getByRole('button', { name: 'Forget Family' }).click();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Family' })).toHaveCount(0);
});

test('a QR code opens its circle where the browser reads QR codes', async ({ openPage }) => {
  const without = await openPage();
  const link = await newLobby(without);
  await without.goto('/lobby');
  await expect(without.getByRole('button', { name: peopleEn['lobby.open'], exact: true })).toBeVisible();
  await expect(without.getByRole('button', { name: scanEn.open })).toHaveCount(0);

  const page = await openPage({ permissions: ['camera'] });
  await page.addInitScript(withDetector);
  await page.goto('/');
  await page.getByRole('button', { name: scanEn.open }).click();
  const dialog = page.getByRole('dialog', { name: scanEn.title });
  await expect(dialog.getByText(scanEn.hint)).toBeVisible();
  await page.evaluate((seen) => Object.assign(globalThis, { seen }), ['https://example.org/']);
  await expect(dialog.getByText(scanEn.foreign)).toBeVisible();
  await page.evaluate((seen) => Object.assign(globalThis, { seen }), [link]);
  await expect(page).toHaveURL(link);
  await expect(dialog).toHaveCount(0);
});
