/** The background blur that ships with Parley, with the real library and model. */
import type { Page } from '@playwright/test';

import type { Person } from '../support/person';
import { expect, test } from '../support/test';

/** Contrast of the stripes that `wearStripes` shows: about 100 unblurred, next to nothing when blurred. */
const SHARP = 60;
const SMOOTH = 20;

const contrastAt = (viewer: Person, shown: Person) => () =>
  viewer.tile(shown).locator('video').evaluate(contrast);

test('a blurred background is sent over the same connection, with what it costs beside the switch', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('Ada', { before: wearStripes }), person('Ben')]);
  const assets = watchAssets(ada.page);
  await ada.startCall();
  await ben.join(ada.link);
  await expect.poll(contrastAt(ben, ada), { message: 'sharp stripes' }).toBeGreaterThan(SHARP);
  expect(assets).toEqual([]);
  const before = await ada.page.evaluate(connections);

  await ada.choose('Devices');
  const blur = ada.panel.getByRole('switch', { name: 'Blur background' });
  await expect(blur).toHaveAccessibleDescription(/on this device/);
  await blur.click();
  await expect.poll(contrastAt(ben, ada), { message: 'blurred stripes' }).toBeLessThan(SMOOTH);
  await expect(blur).toHaveAccessibleDescription(/Uses about \d+% of one processor core/);
  expect(assets.sort()).toEqual(['selfie_segmentation_landscape.tflite', 'tflite-simd-1-0-0.wasm']);

  // A change of size and a pause come out blurred.
  await ada.panel.getByLabel('Video quality').selectOption('Low (320 × 180)');
  await ada.turn('Camera', false);
  await ben.seesAvatarOf(ada);
  await ada.turn('Camera', true);
  await expect.poll(contrastAt(ben, ada), { message: 'still blurred' }).toBeLessThan(SMOOTH);

  await blur.click();
  await expect.poll(contrastAt(ben, ada), { message: 'sharp again' }).toBeGreaterThan(SHARP);
  expect(await ada.page.evaluate(connections)).toBe(before);
});

test('without frame streams, frames go through a canvas', async ({ person }) => {
  const [ada, ben] = await Promise.all([
    person('Ada', { before: wearStripes, prepare: (context) => context.addInitScript(loseFrameStreams) }),
    person('Ben'),
  ]);
  await ada.startCall();
  await ben.join(ada.link);
  await ada.choose('Devices');
  await ada.panel.getByRole('switch', { name: 'Blur background' }).click();
  await expect.poll(contrastAt(ben, ada), { message: 'blurred stripes' }).toBeLessThan(SMOOTH);
});

test('if the model doesn’t load, the camera is off until blur is turned off', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('Ada', { before: wearStripes }), person('Ben')]);
  await ada.page.route('**/*.tflite', (route) => route.abort());
  await ada.startCall();
  await ben.join(ada.link);
  await expect.poll(contrastAt(ben, ada), { message: 'sharp stripes' }).toBeGreaterThan(SHARP);
  await ada.choose('Devices');
  const blur = ada.panel.getByRole('switch', { name: 'Blur background' });
  await blur.click();
  const trouble = ada.page.getByRole('group', { name: 'Camera off: no background blur' });
  await expect(trouble).toContainText('Your background can’t be blurred right now');
  await ben.seesAvatarOf(ada);

  await trouble.getByRole('button', { name: 'Turn off blur' }).click();
  await expect(trouble).toHaveCount(0);
  await expect(blur).toHaveAttribute('aria-checked', 'false');
  await expect.poll(contrastAt(ben, ada), { message: 'sharp stripes' }).toBeGreaterThan(SHARP);
});

/** Runs in the page: replaces the camera by one that shows stripes, as a bookshelf would. */
function wearStripes(): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices) return; // a blank page
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const kept: RTCPeerConnection[] = [];
  Reflect.set(globalThis, 'connections', kept);
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
  const stripes = () => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 320, height: 240 });
    const context = canvas.getContext('2d');
    let at = 0;
    const draw = () => {
      if (!context) return;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 320, 240);
      context.fillStyle = '#000';
      for (let x = 0; x < 320; x += 32) context.fillRect(x, 0, 16, 240);
      // A pixel that changes makes it a new frame.
      context.fillRect((at = (at + 1) % 320), 0, 1, 1);
    };
    draw();
    const timer = setInterval(draw, 100);
    const [track] = canvas.captureStream().getVideoTracks();
    if (!track) throw new Error('no track');
    const stop = track.stop.bind(track);
    track.stop = () => {
      clearInterval(timer);
      stop();
    };
    return track;
  };
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    for (const camera of stream.getVideoTracks()) {
      stream.removeTrack(camera);
      camera.stop();
      stream.addTrack(stripes());
    }
    return stream;
  };
}

/** Runs in the page, like a browser other than Chromium. */
function loseFrameStreams(): void {
  Reflect.deleteProperty(globalThis, 'MediaStreamTrackGenerator');
  Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor');
}

/** Runs in the page: the number of connections that it has had to peers. */
function connections(): number {
  const made = Reflect.get(globalThis, 'connections') as readonly RTCPeerConnection[];
  return made.filter(({ remoteDescription }) => remoteDescription !== null).length;
}

/** Runs in the page: the standard deviation of the brightness along a line of a video, 0…128. NaN, which passes no assertion, without a picture. */
function contrast(element: Element): number {
  const video = element as HTMLVideoElement;
  if (video.videoWidth === 0) return NaN;
  const width = 320;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height: 1 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(video, 0, video.videoHeight / 2, video.videoWidth, 1, 0, 0, width, 1);
  const { data } = context.getImageData(0, 0, width, 1);
  // Away from the edges.
  const values = Array.from({ length: width - 80 }, (_, index) => data[(index + 40) * 4] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  // Black is what an ended track shows.
  if (mean < 40) return NaN;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The names of the blur's files that a page requests, as they come in. */
const watchAssets = (page: Page): string[] => {
  const seen: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/blur\/([^/?]+)$/.exec(new URL(request.url()).pathname) ?? [];
    if (name !== undefined) seen.push(name);
  });
  return seen;
};
