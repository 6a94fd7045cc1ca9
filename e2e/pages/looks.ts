import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { desktop, expect, phone, type Language } from './app';

/** Minimum size of a target, in CSS px (WCAG 2.2, 2.5.5). */
const target = 44;

/** Sizes between those of a small phone and a desktop, in CSS px. */
const between = [
  { width: 360, height: 740 },
  { width: 820, height: 1180 },
];

/** Where to save pictures of every state, size and language; unset: nowhere. */
const pictures = process.env['LOOKS'];

/**
 * Checks a page, in its present state, against everything required of every page: no axe violations, no target too
 * small, nothing that overflows sideways at any size or in either direction of text, no untranslated words. It is checked in English on a
 * light phone and a dark desktop, in Chinese on a dark phone and a light desktop. Afterwards it is in English, on a desktop.
 */
export async function expectFit(page: Page, state: string): Promise<void> {
  for (const [language, viewport, colorScheme] of [
    ['en', phone, 'light'],
    ['zh', phone, 'dark'],
    ['zh', desktop, 'light'],
    ['en', desktop, 'dark'],
  ] as const) {
    const where = `${state}, ${language}, ${viewport.width} × ${viewport.height}, ${colorScheme}`;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await speak(page, language);
    await settled(page);
    await keepPicture(page, where);
    expect.soft(await smallTargets(page), `targets: ${where}`).toEqual([]);
    expect.soft(await overhang(page), `sideways: ${where}`).toEqual([]);
    expect.soft(await shownAnnouncements(page), `announcements: ${where}`).toEqual([]);
    // Except for colours and sizes, axe's findings don't depend on the language, so three of the four runs are enough.
    if (language === 'zh' && viewport === desktop) {
      expect.soft(await latinWords(page), `words: ${state}`).toEqual([]);
      for (const size of between) await expectNarrow(page, `${state}, zh`, size);
    } else {
      expect.soft(await axe(page), `axe: ${where}`).toEqual([]);
    }
  }
  for (const size of between) await expectNarrow(page, `${state}, en`, size);
  await expectMirrored(page, state);
}

/** Nothing overflows at this size. */
async function expectNarrow(page: Page, state: string, size: { width: number; height: number }) {
  const where = `${state}, ${size.width} × ${size.height}`;
  await page.setViewportSize(size);
  await settled(page);
  await keepPicture(page, where);
  expect.soft(await overhang(page), `sideways: ${where}`).toEqual([]);
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name.replace(/[^\p{L}\d]+/gu, '-')}.png`) });
}

/** Where text runs from right to left, nothing overflows, and the knobs of switches are on the other side. */
async function expectMirrored(page: Page, state: string): Promise<void> {
  const run = (direction: 'rtl' | null) =>
    page.evaluate((dir) => {
      if (dir === null) document.documentElement.removeAttribute('dir');
      else document.documentElement.setAttribute('dir', dir);
    }, direction);
  await run('rtl');
  for (const viewport of [phone, desktop]) {
    const where = `${state}, right to left, ${viewport.width} × ${viewport.height}`;
    await page.setViewportSize(viewport);
    await settled(page);
    expect.soft(await overhang(page), `sideways: ${where}`).toEqual([]);
    expect.soft(await misplacedKnobs(page), `switches: ${where}`).toEqual([]);
  }
  await run(null);
  await settled(page);
}

/** Switches whose knob is not on the side that belongs to their state: on is at the end of the line. */
const misplacedKnobs = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=switch]')].flatMap((element) => {
      const [track, knob] = [element.querySelector('.track'), element.querySelector('.knob')];
      if (!track || !knob || !element.checkVisibility()) return [];
      const [outer, inner] = [track.getBoundingClientRect(), knob.getBoundingClientRect()];
      const isRight = inner.left + inner.width / 2 > outer.left + outer.width / 2;
      const isRightOn = getComputedStyle(element).direction === 'ltr';
      const isOn = element.getAttribute('aria-checked') === 'true';
      return isRight === (isOn === isRightOn)
        ? []
        : [`${element.textContent?.trim()} is ${isOn ? 'on' : 'off'}`];
    }),
  );

/** Switches the page's language as another window of the same person would. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(
    (newValue) => dispatchEvent(new StorageEvent('storage', { key: 'parley.language', newValue })),
    language,
  );
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-Hans' : 'en');
}

/** Waits until layout and colours are final. */
export const settled = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const finite = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    const rest = ({ effect, currentTime }: Animation) =>
      Number(effect?.getComputedTiming().endTime) - Number(currentTime ?? 0);
    // One that is not drawn never finishes.
    const over = (animation: Animation) =>
      new Promise((resolve) => setTimeout(resolve, rest(animation) + 100));
    await Promise.all(
      finite.map((animation) => Promise.race([animation.finished.catch(() => undefined), over(animation)])),
    );
  });

/** Axe violations, each as rule and element. */
async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    // Passes need no descriptions.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}): ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Interactive elements whose target area is smaller than the minimum. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const pressable =
      'a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=link]';
    return [...document.querySelectorAll(pressable)].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return [];
      // Pressing the label of a check box presses the check box.
      const isBox = element instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(element.type);
      const label = isBox ? element.closest('label') : null;
      const { width, height } = (label ?? element).getBoundingClientRect();
      // Layout is in 64ths of a pixel.
      if (width >= least - 1 / 64 && height >= least - 1 / 64) return [];
      const name = element.getAttribute('aria-label') ?? element.id ?? '';
      return [`${element.localName} ${name} ${element.textContent?.trim()}: ${width} × ${height}`];
    });
  }, target);

/** Elements that make the page scroll sideways, or that can't be reached because it does not. */
const overhang = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth = 0 } = document.scrollingElement ?? {};
    const wide = scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide`] : [];
    const outside = [
      ...document.querySelectorAll('a[href], button, input, select, h1, h2, h3, p, dd, td, th'),
    ]
      .filter(
        (element) => element.checkVisibility() && !element.closest('.visually-hidden, .cdk-visually-hidden'),
      )
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -0.5 || right > innerWidth + 0.5;
      })
      .map((element) => `${element.localName} ${element.textContent?.trim()}`);
    const clipped = [...document.querySelectorAll('*')]
      .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
      .filter((element) => !(element instanceof HTMLInputElement))
      .map((element) => `${element.localName}.${element.className} scrolls sideways`);
    return [...wide, ...outside, ...clipped];
  });

/** Texts for screen readers that can be seen, or that make the page taller. */
const shownAnnouncements = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.cdk-visually-hidden, .visually-hidden')].flatMap((element) => {
      const { width, height, bottom } = element.getBoundingClientRect();
      const taller = element.matches('.cdk-live-announcer-element') && bottom > innerHeight;
      return width > 1 || height > 1 || taller ? [`${element.className} ${element.textContent}`] : [];
    }),
  );

/** Words that Chinese uses untranslated: names, and terms of standards and keys. */
const international = new Set(
  [
    ...[
      'Parley',
      'Ada',
      'Bo',
      'Ben',
      'Cleo',
      'Chrome',
      'Edge',
      'Firefox',
      'Safari',
      'Firebase',
      'Hosting',
      'Authentication',
      'Cookie',
    ],
    ...[
      'WebRTC',
      'RTCPeerConnection',
      'https',
      'DTLS',
      'kbit',
      'Mbit',
      'ms',
      'VP8',
      'VP9',
      'AV1',
      'H264',
      'opus',
      'UDP',
      'TCP',
      'NAT',
      'IP',
      'STUN',
      'IPv6',
      'G722',
      'PCMU',
      'PCMA',
    ],
    ...['host', 'srflx', 'prflx', 'relay', 'Esc', 'Shift', 'PageUp', 'PageDown', 'English'],
  ].map((word) => word.toLowerCase()),
);

/** Words in Latin letters that a person who reads only Chinese would see or hear. */
async function latinWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = ['aria-label', 'title', 'placeholder', 'alt'];
    return [...document.querySelectorAll('title, body, body *')].flatMap((element) => {
      // Elements with an empty language contain names of devices.
      if (element.closest('[lang=en], [lang=""], noscript, script, style, option')) return [];
      if (element.localName !== 'title' && !element.checkVisibility()) return [];
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return [
        ...own.map(({ textContent }) => textContent ?? ''),
        ...said.map((name) => element.getAttribute(name) ?? ''),
      ];
    });
  });
  return texts
    .map((text) => text.replace(/[0-9a-z]{4}(?:(?:-[0-9a-z]{4}){3}|…)/g, ''))
    .flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [])
    .filter((word) => !international.has(word.toLowerCase()));
}
