/** The page before a call: what stays in view, what a reload keeps, and the link for later. */
import { readFile } from 'node:fs/promises';

import { desktop, expect, goButton, newCall, phone, test } from './app';

const preview = 'parley-camera-preview';

for (const viewport of [phone, { width: 360, height: 740 }, { width: 740, height: 360 }, desktop]) {
  test(`what is unfolded opens in view, beside the preview and the button, at ${viewport.width} × ${viewport.height}`, async ({
    openPage,
  }) => {
    const page = await openPage({ viewport });
    await newCall(page);
    for (const [fold, first] of [
      ['Devices', page.getByLabel('Camera', { exact: true }).and(page.locator('select'))],
      ['Share or schedule', page.getByRole('button', { name: 'Copy link' })],
    ] as const) {
      const summary = page.getByText(fold, { exact: true });
      await summary.click();
      await expect(summary).toBeInViewport({ ratio: 1 });
      await expect(first).toBeInViewport({ ratio: 1 });
      await expect(page.locator(preview)).toBeInViewport({ ratio: 1 });
      await expect(goButton(page)).toBeInViewport({ ratio: 1 });
      // The button lies over what scrolls below it.
      await goButton(page).click({ trial: true });
      await expect(page.getByRole('link', { name: 'Home' })).toBeInViewport({ ratio: 1 });
    }
  });
}

test('a reload keeps a typed name, and the way back closes the camera', async ({ openPage }) => {
  const page = await openPage();
  await newCall(page);
  await page.getByLabel('Your name').fill('Ada');
  await page.reload();
  await expect(page.getByLabel('Your name')).toHaveValue('Ada');
  const track = await page.locator('video').evaluateHandle(async (video: HTMLVideoElement) => {
    await new Promise((resolve) => {
      const look = () => (video.srcObject ? resolve(null) : requestAnimationFrame(look));
      look();
    });
    return (video.srcObject as MediaStream).getVideoTracks()[0];
  });
  await page.getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
  expect(await track.evaluate((camera) => camera?.readyState)).toBe('ended');
});

test('a guest with the link from a calendar waits, and can join when the call has started', async ({
  openPage,
}) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await newCall(ada);
  await ada.getByText('Share or schedule', { exact: true }).click();
  await ada.getByLabel('Date and time').fill('2126-03-04T05:06');
  const [download] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('button', { name: 'Save calendar file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('parley-call-2126-03-04.ics');
  const file = (await readFile(await download.path(), 'utf8')).replaceAll('\r\n ', '');
  const link = /^URL:(.+)\r$/m.exec(file)?.[1] ?? '';
  expect(link).toBe(ada.url());

  await bo.goto(link);
  await expect(bo.getByRole('heading', { name: 'No call here yet' })).toBeVisible();
  await goButton(ada).click();
  await expect(bo.getByRole('button', { name: 'Join now' })).toBeEnabled();
});

test('offline, the page doesn’t say who is in the call', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await newCall(ada);
  const link = ada.url();
  await ada.getByLabel('Your name').fill('Ada');
  await goButton(ada).click();
  await bo.goto(link);
  await expect(bo.getByText('Ada is in the call.')).toBeVisible();
  await bo.context().setOffline(true);
  await expect(bo.getByText('You’re offline, so Parley can’t tell who’s in the call.')).toBeVisible();
  await bo.context().setOffline(false);
  await expect(bo.getByText('Ada is in the call.')).toBeVisible();
});
