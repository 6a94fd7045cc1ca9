/** What must be visible without scrolling: all of the start page, the peer's face, and the controls of a call. */
import type { Page } from '@playwright/test';

import { callBetween, control, controls, desktop, expect, phone, test } from './app';
import { settled } from './looks';

const phoneOnItsSide = { width: 667, height: 320 };

for (const viewport of [{ width: 320, height: 480 }, phoneOnItsSide, phone, { width: 3840, height: 2160 }]) {
  test(`the start page fits into ${viewport.width} × ${viewport.height}`, async ({ openPage }) => {
    const page = await openPage({ viewport });
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'New call' })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: 'Join', exact: true })).toBeInViewport({ ratio: 1 });
    expect(await scrolled(page)).toEqual({ x: 0, y: 0 });
    // A mistake and its message need no scrolling either.
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.locator('#code-error')).toBeInViewport({ ratio: 1 });
    expect(await scrolled(page)).toEqual({ x: 0, y: 0 });
  });
}

/** How far the page can be scrolled, in CSS px. */
const scrolled = (page: Page) =>
  page.evaluate(() => {
    scrollTo(10_000, 10_000);
    return { x: scrollX, y: scrollY };
  });

test('nothing covers the peer’s face, and the controls are always visible', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await callBetween(ada, bo);
  for (const viewport of [phone, phoneOnItsSide, desktop]) {
    await ada.setViewportSize(viewport);
    const where = `${viewport.width} × ${viewport.height}`;
    for (const panel of [null, 'controls.invite', 'controls.more'] as const) {
      if (panel) await control(ada, panel).click();
      await expect(ada.locator('[data-panel]')).toHaveCount(panel ? 1 : 0);
      await settled(ada);
      const state = `${where}, ${panel ?? 'no panel'}`;
      await expect.soft.poll(() => overTheFace(ada), `over the face: ${state}`).toEqual([]);
      await expect.soft.poll(() => coveredControls(ada), `covered controls: ${state}`).toEqual([]);
    }
    await ada.keyboard.press('Escape');
    await expect(ada.locator('[data-panel]')).toHaveCount(0);
    // One's own picture in each corner to which it can be moved.
    for (let corner = 0; corner < 4; corner++) {
      await ada.getByRole('button', { name: 'Move your video' }).click();
      await settled(ada);
      await expect.soft.poll(() => overTheFace(ada), `over the face: ${where}, corner ${corner}`).toEqual([]);
    }
  }
  // The mouse has rested on one's own picture all the time, so nothing has been hidden.
  await expect(controls(ada)).toBeInViewport({ ratio: 1 });
});

/** Elements over the middle half of the peer's picture. */
const overTheFace = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const tile = document.querySelector('parley-stage > article');
    const { left, top, width, height } = tile?.getBoundingClientRect() ?? new DOMRect();
    if (width < 1 || height < 1) return ['there is no picture'];
    const found = new Set<string>();
    for (let x = 0; x < 12; x++) {
      for (let y = 0; y < 12; y++) {
        const at = [left + (width * (3.25 + x / 2)) / 12, top + (height * (3.25 + y / 2)) / 12] as const;
        const top0 = document.elementFromPoint(...at);
        if (top0?.localName !== 'video' || !tile?.contains(top0)) {
          found.add(`${top0?.localName}.${top0?.className}`);
        }
      }
    }
    return [...found];
  });

/** Controls that are out of view or under another element. */
const coveredControls = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=toolbar] button')]
      .filter((button) => button.checkVisibility())
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        const met = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return !inside || !button.contains(met);
      })
      .map(({ textContent }) => textContent?.trim() ?? ''),
  );
