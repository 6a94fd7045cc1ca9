import { pressesOf, seeAndHearEachOther } from '../support/person';
import { colourOf } from '../support/senses';
import { expect, test } from '../support/test';
import { liveTracks } from '../support/tracks';

test.describe('joining without', () => {
  test('a camera, because it is denied: heard, not seen, until it is allowed', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { allowed: ['microphone'] })]);
    await ada.startCall();
    await ben.open(ada.link);
    const trouble = ben.page.getByRole('group', { name: 'Camera blocked' });
    await expect(trouble).toContainText(
      'You can join without it. You’ll see everyone, but they won’t see you.',
    );
    await ben.joinNow();
    await expect(trouble).toBeVisible();
    await ben.seesAndHears(ada);
    await ada.seesAvatarOf(ben);
    await ada.hears(ben);

    await ben.allow('camera', 'microphone');
    await ada.sees(ben);
    await expect(trouble).toHaveCount(0);
  });

  test('a microphone, because it is denied: seen, not heard', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { allowed: ['camera'] })]);
    await ada.startCall();
    await ben.open(ada.link);
    const trouble = ben.page.getByRole('group', { name: 'Microphone blocked' });
    await expect(trouble).toContainText(
      'You can join without it. You’ll hear everyone, but they won’t hear you.',
    );
    await ben.joinNow();
    await ben.seesAndHears(ada);
    await ada.sees(ben);
    await ada.hearsNothingFrom(ben);
    await expect(ada.tile(ben).getByText('Microphone off')).toBeAttached();
  });

  test('both, because they are denied: still sees and hears', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { allowed: [] })]);
    await ada.startCall();
    await ben.open(ada.link);
    const trouble = ben.page.getByRole('group', { name: 'Camera and microphone blocked' });
    await expect(trouble).toBeVisible();
    await ben.joinNow();
    await ben.seesAndHears(ada);
    await ada.seesAvatarOf(ben);
    await ben.press('Dismiss');
    await expect(trouble).toHaveCount(0);
  });

  test('both, because the device has neither', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada'),
      person('Ben', { devices: 'no camera', before: loseMicrophones }),
    ]);
    await ada.startCall();
    await ben.open(ada.link);
    await expect(ben.page.getByRole('group', { name: 'No camera or microphone found' })).toBeVisible();
    await ben.joinNow();
    await ben.seesAndHears(ada);
    await ada.seesAvatarOf(ben);
  });

  test('a camera that another program uses, which can be retried', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { before: holdCamera })]);
    await ada.startCall();
    await ben.open(ada.link);
    const trouble = ben.page.getByRole('group', { name: 'Camera in use' });
    await expect(trouble).toBeVisible();
    await ben.press('Try camera again');
    await expect(trouble).toBeVisible();
    await ben.page.evaluate(() => Reflect.set(globalThis, 'held', false));
    await ben.press('Try camera again');
    await expect(trouble).toHaveCount(0);
    await ben.joinNow();
    await seeAndHearEachOther(ada, ben);
  });
});

test('a camera can be unplugged and plugged in again during a call', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { before: makeCameraUnpluggable })]);
  await ada.startCall();
  await ben.join(ada.link);
  await ada.sees(ben);

  await ben.page.evaluate(() => dispatchEvent(new Event('test:unplug')));
  await expect(ben.page.getByRole('group', { name: 'Camera disconnected' })).toBeVisible();
  await ada.seesAvatarOf(ben);
  await ada.hears(ben);

  await ben.page.evaluate(() => dispatchEvent(new Event('test:plug')));
  await ada.sees(ben);
  await expect(ben.page.getByRole('group', { name: 'Camera disconnected' })).toHaveCount(0);
  expect(await liveTracks(ben.page, 'video')).toBe(1);
});

test('a smaller picture is sent at once with the same track and connection, and remembered', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('Ada', { before: keepConnections }), person('Ben')]);
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);
  const received = () =>
    ben
      .tile(ada)
      .locator('video')
      .evaluate(({ videoWidth, videoHeight }: HTMLVideoElement) => `${videoWidth} × ${videoHeight}`);
  const sent = () => ada.page.evaluate(connectionsAndTracks);
  // The full resolution of these cameras.
  await expect.poll(received, { message: 'the whole picture' }).toBe('320 × 240');
  const before = await sent();
  expect(before.tracks.length).toBe(1);

  await ada.choose('Devices');
  await ada.panel.getByLabel('Video quality').selectOption('Low (320 × 180)');
  await expect.poll(received, { message: 'the small picture' }).toBe('320 × 180');
  expect(await sent()).toEqual(before);
  await seeAndHearEachOther(ada, ben);

  // A camera is not asked for a resolution that it does not have.
  await ada.panel.getByLabel('Video quality').selectOption('Medium (640 × 360)');
  await expect(ada.panel.getByRole('alert')).toHaveText(
    'Your camera doesn’t support this size. Nothing has changed.',
  );
  await expect(ada.panel.getByLabel('Video quality')).toHaveValue('low');
  expect(await received()).toBe('320 × 180');
  await ada.panel.getByLabel('Video quality').selectOption('High (1280 × 720)');
  await expect.poll(received, { message: 'the whole picture again' }).toBe('320 × 240');
  await expect(ada.panel.getByRole('alert')).toHaveCount(0);
  expect(await sent()).toEqual(before);

  await ada.panel.getByLabel('Video quality').selectOption('Low (320 × 180)');
  await ada.page.reload();
  await ben.sees(ada);
  await expect.poll(received, { message: 'the small picture after a reload' }).toBe('320 × 180');
  await ada.choose('Devices');
  await expect(ada.panel.getByLabel('Video quality')).toHaveValue('low');
});

test('the call can be moved to a small window with controls, which closes with the call', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([
    // Needs the whole Chromium: the shell has no picture-in-picture windows.
    person('Ada', { allowed: ['camera', 'microphone'] }),
    person('Ben'),
  ]);
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);

  const opened = ada.context.waitForEvent('page');
  await ada.choose('Picture in picture');
  const small = await opened;
  await expect(small.getByRole('heading', { name: 'Ben' })).toBeVisible();
  await expect(small.getByRole('status')).toHaveText('Connected');
  await expect.poll(() => colourOf(small.locator('video'))).toBe(ben.look.colour);
  // The small window stays silent, because the tile already plays the voice.
  expect(await small.locator('video').evaluate(({ muted }: HTMLVideoElement) => muted)).toBe(true);
  await ada.seesAndHears(ben);

  const microphone = small.getByRole('button', { name: pressesOf.Microphone });
  await expect(microphone).toHaveAttribute('data-on', 'true');
  await expect(microphone).toHaveCSS('cursor', 'pointer');
  await microphone.click();
  await expect(microphone).toHaveAttribute('data-on', 'false');
  await ben.hearsNothingFrom(ada);
  await microphone.click();
  await ben.hears(ada);

  const more = ada.panel.getByRole('button', { name: 'Picture in picture' });
  await expect(more).toHaveAttribute('aria-pressed', 'true');
  await more.click();
  await expect(more).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => small.isClosed()).toBe(true);

  const again = ada.context.waitForEvent('page');
  await more.click();
  await (await again).getByRole('button', { name: 'Leave' }).click();
  await ada.isTold('You left the call');
  await expect.poll(() => ada.context.pages().length).toBe(1);
});

/** Runs in the page: keeps every connection that is created. */
function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  Reflect.set(globalThis, 'connections', kept);
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

/** Runs in the page: the number of connections that it has had to peers, and the video tracks that are being sent. */
function connectionsAndTracks(): { readonly made: number; readonly tracks: readonly string[] } {
  const kept = Reflect.get(globalThis, 'connections') as readonly RTCPeerConnection[];
  const connected = kept.filter(({ connectionState }) => connectionState === 'connected');
  const tracks = connected
    .flatMap((connection) => connection.getSenders())
    .flatMap(({ track }) => (track?.kind === 'video' ? [track.id] : []));
  const made = kept.filter(({ remoteDescription }) => remoteDescription !== null).length;
  return { made, tracks };
}

/** Runs in the page: makes `getUserMedia` report the camera as busy while `held` is true. */
function holdCamera(): void {
  Reflect.set(globalThis, 'held', true);
  const { mediaDevices } = navigator;
  if (!mediaDevices) return; // a blank page
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints) =>
    constraints?.video && Reflect.get(globalThis, 'held')
      ? Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))
      : getUserMedia(constraints);
}

/**
 * Runs in the page: removes all microphones. Chromium can be started without a fake camera, but not without a fake microphone.
 */
function loseMicrophones(): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices) return; // a blank page
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints) =>
    constraints?.audio
      ? Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
      : getUserMedia(constraints);
  mediaDevices.enumerateDevices = async () =>
    (await enumerateDevices()).filter(({ kind }) => kind !== 'audioinput');
}

/** Runs in the page: simulates what a page sees when a camera is unplugged, because fake cameras can't be. */
function makeCameraUnpluggable(): void {
  const { mediaDevices } = navigator;
  if (!mediaDevices) return; // a blank page
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
  const tracks: MediaStreamTrack[] = [];
  let plugged = true;
  mediaDevices.getUserMedia = async (constraints) => {
    if (constraints?.video && !plugged) throw new DOMException('Requested device not found', 'NotFoundError');
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getVideoTracks());
    return stream;
  };
  mediaDevices.enumerateDevices = async () =>
    (await enumerateDevices()).filter(({ kind }) => plugged || kind !== 'videoinput');
  addEventListener('test:unplug', () => {
    plugged = false;
    for (const track of tracks) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  addEventListener('test:plug', () => {
    plugged = true;
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}
