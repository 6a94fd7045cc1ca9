import { seeAndHearEachOther } from '../support/person';
import { aScreen } from '../support/screens';
import { expect, test } from '../support/test';

test('a screen is shown beside the camera, can be zoomed, and is stopped with its button', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([
    person('Ada', { before: aScreen }),
    person('Ben', { before: aScreen }),
  ]);
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);

  await ada.control('Share screen').click();
  await expect(ada.page.getByText('You’re sharing your screen.')).toBeVisible();
  await expect(ada.control('Stop sharing')).toHaveAttribute('data-on', 'true');
  const screen = ben.tile('Ada’s screen');
  await expect
    .poll(() => screen.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  // The presenter's picture and both voices stay.
  await seeAndHearEachOther(ada, ben);

  // The whole screen with its buttons is visible, and everyone beside it.
  for (const viewport of [
    { width: 960, height: 640 },
    { width: 390, height: 844 },
  ]) {
    await ben.page.setViewportSize(viewport);
    for (const part of [
      screen.locator('video'),
      screen.getByRole('button', { name: 'Zoom in' }),
      ben.tile(ada),
      ben.tile('Ben (you)'),
    ]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  }
  await ben.page.setViewportSize({ width: 960, height: 640 });

  // As wide as its tile, or wider.
  const enlarged = () =>
    screen.evaluate(
      (tile) =>
        tile.querySelector('video')!.getBoundingClientRect().width / tile.getBoundingClientRect().width,
    );
  await expect.poll(enlarged).toBeCloseTo(1, 3);
  await screen.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(enlarged).toBeCloseTo(1.5, 3);
  await screen.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(enlarged).toBeCloseTo(1, 3);

  await ada.control('Stop sharing').click();
  await expect(screen).toHaveCount(0);
  await expect(ada.control('Share screen')).toHaveAttribute('data-on', 'false');
  await seeAndHearEachOther(ada, ben);
});

test('both can share their screens at once, and a newcomer sees a screen that is already shared', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([
    person('Ada', { before: aScreen }),
    person('Ben', { before: aScreen }),
  ]);
  await ada.startCall();
  await ben.join(ada.link);
  await ada.sees(ben);
  await Promise.all([ada.control('Share screen').click(), ben.control('Share screen').click()]);
  await expect(ben.tile('Ada’s screen')).toBeVisible();
  await expect(ada.tile('Ben’s screen')).toBeVisible();

  await ben.leave();
  await expect(ada.tile('Ben’s screen')).toHaveCount(0);
  await ben.press('Rejoin');
  await expect(ben.tile('Ada’s screen')).toBeVisible();
});
