/** Five people in one browser: the smallest call in which a picture is encoded once for several members. */
import type { Page } from '@playwright/test';

import { expect, join, newCall, openCall, test } from '../pages/app';
import { keepConnections } from '../support/flow';
import { nearestColour, pixelOf } from '../support/senses';
import { within } from '../../tools/patience.mjs';

/** A picture that a page sends, as the browser reports it. */
interface Sent {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

const pictures = (page: Page): Promise<readonly Sent[]> =>
  page.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: readonly RTCPeerConnection[] };
    const up = connections.filter(({ connectionState }) => connectionState === 'connected');
    const reports = await Promise.all(up.map((connection) => connection.getStats()));
    return reports
      .flatMap((report) => [
        ...(report as unknown as ReadonlyMap<string, RTCOutboundRtpStreamStats>).values(),
      ])
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      .map(({ frameWidth = 0, frameHeight = 0, framesSent = 0 }) => ({
        width: frameWidth,
        height: frameHeight,
        frames: framesSent,
      }));
  });

/** How many encode the camera's picture; each of the others encodes a placeholder, which is much higher than wide. */
const encoders = async (page: Page) =>
  (await pictures(page)).filter(({ width, height }) => width > height).length;

test(
  'from five members on, a picture is encoded once for all who are sent the same',
  { tag: '@apart' },
  async ({ openPage }) => {
    test.setTimeout(within(240_000));
    const pages: Page[] = [];
    const open = async () => {
      const page = await openPage();
      await page.addInitScript(keepConnections);
      pages.push(page);
      return page;
    };
    // All pages share the machine: the others send nothing, so that it can show what she sends.
    const comeDark = async (page: Page, name: string) => {
      for (const button of ['Mute microphone', 'Stop camera'])
        await page.getByRole('button', { name: button }).click();
      await join(page, name);
    };
    const ada = await open();
    const code = await newCall(ada);
    await comeDark(ada, 'Ada');
    for (const name of ['Ben', 'Cleo', 'Dan']) {
      const page = await open();
      await openCall(page, code);
      await expect(page.getByText(/(is|are) in the call/)).toBeVisible();
      await comeDark(page, name);
      await expect(page.getByRole('article')).toHaveCount(pages.length);
    }
    const eve = await open();
    await openCall(eve, code);
    await expect(eve.getByText(/are in the call/)).toBeVisible();
    await join(eve, 'Eve');
    const others = pages.slice(0, -1);
    const seen = (page: Page) => page.getByRole('article', { name: 'Eve', exact: true }).locator('video');
    const frames = (page: Page) =>
      seen(page).evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
    const isSeen = async (page: Page) => {
      await expect
        .poll(async () => nearestColour(await seen(page).evaluate(pixelOf)), { message: 'the colour of Eve' })
        .toBe('yellow');
      const before = await frames(page);
      await expect.poll(() => frames(page), { message: 'frames of Eve' }).toBeGreaterThan(before + 5);
      const size = await seen(page).evaluate(({ videoWidth, videoHeight }: HTMLVideoElement) => [
        videoWidth,
        videoHeight,
      ]);
      expect(size[0]! / size[1]!).toBeCloseTo(16 / 9, 1);
    };

    // She was the fifth, so that all her links can share.
    await expect.poll(() => pictures(eve)).toHaveLength(4);
    await expect.poll(() => encoders(eve), { message: 'encoders of Eve' }).toBe(1);
    for (const page of others) await isSeen(page);

    // With one member less, each link has an encoder again.
    await ada.close();
    await expect.poll(() => encoders(eve), { message: 'encoders of Eve among four' }).toBe(3);
    for (const page of others.slice(1)) await isSeen(page);
  },
);
