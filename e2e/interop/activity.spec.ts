/** What people do in a call besides talking, between Chromium and Firefox. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { aScreen } from '../support/screens';
import { expect } from '../support/test';
import { test } from './firefox';
import { within } from '../../tools/patience.mjs';

/** Bytes that differ from place to place, the same in a page as here. */
const bytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255);
const digestOf = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const size = 1_500_000;

test('chat, files and screens work both ways between Chromium and Firefox', async ({ person, fiona }) => {
  test.setTimeout(within(120_000));
  const ada = await person('Ada', { before: aScreen });
  await fiona.page.setViewport({ width: 1280, height: 800 });
  await fiona.page.evaluateOnNewDocument(aScreen);
  await ada.startCall();
  await fiona.open(ada.link);
  await fiona.joinNow();
  await ada.reads('Connected');

  // Chat, in order, and back.
  await ada.control('Chat').click();
  const box = ada.page.getByRole('textbox', { name: 'Message' });
  const texts = ada.page.getByRole('log', { name: 'Chat' }).locator('.text');
  for (const text of ['one', 'two 🎉']) {
    await box.fill(text);
    await box.press('Enter');
  }
  await fiona.press('Chat');
  await expect.poll(() => fiona.texts('[role=log] .text')).toEqual(['one', 'two 🎉']);
  await fiona.write('three');
  await expect(texts).toHaveText(['one', 'two 🎉', 'three']);

  // The panel of files opens by itself if no other panel is open.
  await fiona.press('Chat');

  // A file from Chromium, verified by Firefox and deleted from its disk afterwards.
  await ada.choose('Files');
  const chooser = ada.page.waitForEvent('filechooser');
  await ada.press('Choose files');
  await (
    await chooser
  ).setFiles({ name: 'ada.bin', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes(size)) });
  await fiona.press('Accept');
  await expect
    .poll(() => fiona.texts('li[data-phase]'))
    .toEqual([expect.stringContaining('Received and checked')]);
  const row = ada.panel.getByRole('listitem').filter({ hasText: 'ada.bin' });
  await expect(row).toContainText('Delivered and checked');

  // A file from Firefox arrives with the same bytes.
  await fiona.page.evaluate((length: number) => {
    const data = Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([data], 'fiona.bin'));
    const init = { dataTransfer, bubbles: true, cancelable: true };
    document.querySelector('main')!.dispatchEvent(new DragEvent('drop', init));
  }, size);
  const download = ada.page.waitForEvent('download');
  await ada.panel
    .getByRole('listitem')
    .filter({ hasText: 'fiona.bin' })
    .getByRole('button', { name: 'Accept', exact: true })
    .click();
  expect(digestOf(await readFile(await (await download).path()))).toBe(digestOf(bytes(size)));

  // One screen from each.
  await ada.control('Share screen').click();
  await expect.poll(() => fiona.pictureWidth('Ada’s screen')).toBeGreaterThan(0);
  await fiona.press('Share screen');
  const screen = ada.tile('Fiona’s screen').locator('video');
  await expect.poll(() => screen.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await fiona.press('Stop sharing');
  await expect(ada.tile('Fiona’s screen')).toHaveCount(0);
  await ada.control('Stop sharing').click();
  await expect.poll(() => fiona.pictureWidth('Ada’s screen')).toBe(0);
  await ada.reads('Connected');
});
