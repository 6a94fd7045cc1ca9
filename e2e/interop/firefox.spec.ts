import { allAppear, answer } from '../support/lobby';
import { pixelOf, toneOf } from '../support/senses';
import type { Person } from '../support/person';
import { expect } from '../support/test';
import { type FirefoxUser, test } from './firefox';
import { pass } from '../support/time';
import { within } from '../../tools/patience.mjs';

/** Sees a moving picture: Firefox's fake camera cycles through all colours. */
async function seesAndHears(ada: Person, fiona: FirefoxUser): Promise<void> {
  const video = ada.page.getByRole('article', { name: fiona.name, exact: true }).locator('video');
  const shades = new Set<string>();
  await expect
    .poll(
      async () => {
        const pixel = await video.evaluate(pixelOf);
        if (pixel && Math.max(...pixel) > 20) shades.add(pixel.map((value) => Math.round(value / 8)).join());
        return shades.size;
      },
      { message: 'the picture from Firefox changes', timeout: within(25_000) },
    )
    .toBeGreaterThan(2);
  await expect
    .poll(async () => Math.abs(((await toneOf(video)) ?? 0) - fiona.tone), {
      message: `the tone from Firefox at ${fiona.tone} Hz`,
      timeout: within(25_000),
    })
    .toBeLessThan(15);
}

test.describe('Chromium and Firefox', () => {
  test('Chromium calls Firefox, with media both ways', async ({ person, fiona }) => {
    const ada = await person('Ada');
    await ada.startCall();
    await fiona.open(ada.link);
    await fiona.joinNow();
    await Promise.all([seesAndHears(ada, fiona), fiona.seesAndHears(ada)]);
    await fiona.leave();
    await ada.hasRead('Fiona left');
  });

  test('Firefox calls Chromium, with media both ways', async ({ person, fiona }) => {
    const ada = await person('Ada');
    await fiona.newCall();
    await fiona.joinNow();
    await ada.join(fiona.link);
    await Promise.all([seesAndHears(ada, fiona), fiona.seesAndHears(ada)]);
    await ada.leave();
    await fiona.hasRead('Ada left');
  });

  test('ring each other, with media both ways', async ({ person, fiona }) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const link = await allAppear(ada, ben);
    await fiona.appearAt(link);
    await ada.page.getByRole('button', { name: `Call ${fiona.name}`, exact: true }).click();
    await fiona.press('Accept');
    await Promise.all([seesAndHears(ada, fiona), fiona.seesAndHears(ada)]);
    await Promise.all([ada.leave(), fiona.leave()]);
    // Firefox does not set provisional answers; it waits for the answer itself.
    await fiona.page.goto(link);
    await fiona.press(`Call ${ben.name}`);
    await answer(ben, fiona, 'Accept');
    await Promise.all([seesAndHears(ben, fiona), fiona.seesAndHears(ben)]);
  });

  test(
    'connects although Firefox waits long before joining',
    { tag: '@waiting' },
    async ({ person, fiona }) => {
      const ada = await person('Ada');
      await ada.startCall();
      await fiona.open(ada.link);
      // Firefox gives up a connection without candidates after five seconds. Parley holds them back until Join.
      await pass(9_000);
      await fiona.joinNow();
      await Promise.all([seesAndHears(ada, fiona), fiona.seesAndHears(ada)]);
    },
  );
});
