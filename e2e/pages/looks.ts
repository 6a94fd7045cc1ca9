import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { desktop, expect, phone, type Language } from './app';

/** The smallest a target may be, CSS px (WCAG 2.2, 2.5.5). */
const target = 44;

/**
 * Holds a page, as it stands, to everything the eye, the finger and the screen reader ask of every page: nothing that axe
 * finds, no target too small, nothing that sticks out sideways, no word of another language. In English it is looked at
 * on a phone in light colours and on a desktop in dark ones, in Chinese the other way round. It is left in English, on a desktop.
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
    expect.soft(await smallTargets(page), `targets: ${where}`).toEqual([]);
    expect.soft(await overhang(page), `sideways: ${where}`).toEqual([]);
    expect.soft(await shownAnnouncements(page), `announcements: ${where}`).toEqual([]);
    // What axe looks at does not depend on the language but for colours and sizes: once is enough for the second one.
    if (language === 'zh' && viewport === desktop) {
      expect.soft(await latinWords(page), `words: ${state}`).toEqual([]);
    } else {
      expect.soft(await axe(page), `axe: ${where}`).toEqual([]);
    }
  }
}

/** Switches the page's language as another window would that the person has open. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(
    (newValue) => dispatchEvent(new StorageEvent('storage', { key: 'parley.language', newValue })),
    language,
  );
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-Hans' : 'en');
}

/** Layout and colours are what they are going to be. */
export const settled = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const finite = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(finite.map(({ finished }) => finished.catch(() => undefined)));
  });

/** What axe finds, each as rule and element. */
async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    // What it finds right, it need not describe.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}): ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What one can press, and where pressing it counts, if that is less than it should be. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const pressable =
      'a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=link]';
    return [...document.querySelectorAll(pressable)].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return [];
      // A press on its label is a press on a check box.
      const isBox = element instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(element.type);
      const label = isBox ? element.closest('label') : null;
      const { width, height } = (label ?? element).getBoundingClientRect();
      // Layout is in 64ths of a pixel.
      if (width >= least - 1 / 64 && height >= least - 1 / 64) return [];
      const name = element.getAttribute('aria-label') ?? element.id ?? '';
      return [`${element.localName} ${name} ${element.textContent?.trim()}: ${width} × ${height}`];
    });
  }, target);

/** What makes the page scroll sideways, or can't be reached because it does not. */
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

/** Words that Chinese uses as they are: names, and what standards and keys are called. */
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
    ...['host', 'srflx', 'prflx', 'relay', 'Esc', 'Shift', 'English'],
  ].map((word) => word.toLowerCase()),
);

/** Words in Latin letters that somebody who reads only Chinese would meet, by eye or by ear. */
async function latinWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = ['aria-label', 'title', 'placeholder', 'alt'];
    return [...document.querySelectorAll('title, body, body *')].flatMap((element) => {
      // Without a language: what devices call themselves.
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
    .map((text) => text.replace(/[0-9a-z]{4}(?:-[0-9a-z]{4}){3}/g, ''))
    .flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [])
    .filter((word) => !international.has(word.toLowerCase()));
}
