import { readFile } from 'node:fs/promises';

import { expect, test } from '../support/test';
import { pass } from '../support/time';

test('a recording is seen by all while it runs, and saved with what was seen and heard', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
  await ada.startCall();
  await ben.join(ada.link);
  await Promise.all([ada.sees(ben), ben.sees(ada)]);

  await ada.choose('Record what you see');
  await expect(ada.page.locator('.recording')).toBeVisible();
  await expect(ben.page.locator('.recording')).toHaveText('Ada is recording');
  // As long as it is to be at least.
  await pass(3_000);
  const downloading = ada.page.waitForEvent('download');
  await ada.page.getByRole('button', { name: 'Stop recording' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Parley .*\.(webm|mp4)$/);
  await expect(ben.page.locator('.recording')).toHaveCount(0);

  // Played again, it shows Ben's colour and has sound.
  const recorded = (await readFile(await download.path())).toString('base64');
  const played = await ada.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const context = new AudioContext();
    const sound = await context.decodeAudioData(bytes.buffer.slice(0)).catch(() => null);
    const loud = sound ? sound.getChannelData(0).reduce((most, now) => Math.max(most, Math.abs(now)), 0) : 0;
    await context.close();
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob([bytes]));
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const paper = canvas.getContext('2d')!;
    paper.drawImage(video, 0, 0);
    const [red, green, blue] = paper.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
    return { loud, red, green, blue, seconds: sound?.duration ?? 0 };
  }, recorded);
  expect(played.seconds).toBeGreaterThan(1);
  expect(played.loud).toBeGreaterThan(0.01);
  // Ben is green.
  expect(played.green).toBeGreaterThan(played.red! + 40);
  expect(played.green).toBeGreaterThan(played.blue! + 40);
});
