import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, Page } from '@playwright/test';

import { Commits } from '../../e2e/support/network';
import { press } from '../subjects';
import { idleDuring, newProfile, PATIENCE } from './browser';

const NAMES = ['Anna', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gina', 'Hugo'] as const;
export const LARGEST = NAMES.length;

/** Firestore operations of one member. */
export interface Operations {
  readonly writes: number;
  readonly reads: number;
}

/** The members of a call, in the order of their joining. */
export class Members {
  readonly pages: Page[] = [];
  private readonly commits: Commits[] = [];

  /**
   * @param url of the site
   * @param company how members join who are there only for the one that is measured: muted, and with a script that runs before
   *   the page's own
   * @param own such a script of the one that is measured
   */
  constructor(
    private readonly url: string,
    private readonly company: { readonly muted: boolean; readonly before?: () => void } = { muted: true },
    private readonly own?: () => void,
  ) {}

  /** Creates the call. */
  async start(browser: Browser): Promise<void> {
    const host = await this.newPage(browser);
    await host.goto(this.url);
    await host.getByRole('button', { name: 'New call' }).click();
    await host.getByLabel('Your name').fill(NAMES[0]);
    await this.mute(host);
    await host.getByRole('button', { name: 'Start call' }).click();
    await host.getByRole('status').getByText('Waiting for others').first().waitFor();
  }

  /**
   * The next member opens the link for the first time and presses Join. Resolves to the time from the press to the first
   * frame of the last of the others, in ms, and the share of the machine that was idle meanwhile.
   */
  async join(browser: Browser, measured = false): Promise<{ readonly time: number; readonly idle: number }> {
    const others = this.pages.length;
    const page = await this.enter(browser, measured);
    const { idle, result } = await idleDuring(() => allFaces(page, others));
    return { time: result, idle };
  }

  /** The same, without waiting for the others. Resolves to the newcomer's page. */
  async enter(browser: Browser, measured = false): Promise<Page> {
    const others = this.pages.length;
    const guest = await this.newPage(browser, measured);
    await guest.goto(this.pages[0]!.url());
    await guest.getByLabel('Your name').fill(NAMES[others]!);
    if (!measured) await this.mute(guest);
    await guest.getByText(/ (is|are) in the call/).waitFor();
    await this.offered(others);
    await press(guest, guest.getByRole('button', { name: 'Join now' }));
    return guest;
  }

  /** Waits until everyone has received a picture of everyone, or these members have. */
  async settled(pages: readonly Page[] = this.pages): Promise<void> {
    await Promise.all(
      pages.map((page) =>
        page.waitForFunction(
          (count) => {
            const videos = [...document.querySelectorAll<HTMLVideoElement>('article video')];
            return videos.filter(({ videoWidth }) => videoWidth > 0).length >= count;
          },
          // With one's own.
          this.pages.length,
          { timeout: PATIENCE },
        ),
      ),
    );
  }

  /** What all of them have spent so far: writes as seen on the wire, reads as the app counts them. */
  async operations(): Promise<Operations> {
    const reads = await Promise.all(this.pages.map(readsOf));
    return {
      writes: this.commits.reduce((sum, { writes }) => sum + writes, 0),
      reads: reads.reduce((sum, count) => sum + count, 0),
    };
  }

  async end(): Promise<void> {
    await Promise.all(this.pages.map((page) => page.context().close()));
  }

  /** Waits until each of the present members offers a link to the next one: three seconds after the last change. */
  private async offered(seat: number): Promise<void> {
    const offers = new RegExp(`/seats/${seat}/links/[^/]+$`);
    const missing = () =>
      this.commits.slice(0, seat).filter(({ paths }) => !paths.some((path) => offers.test(path)));
    const end = performance.now() + PATIENCE;
    while (missing().length > 0) {
      if (performance.now() > end)
        throw new Error(`${missing().length} members offered no link to seat ${seat}.`);
      await sleep(100);
    }
  }

  private async mute(page: Page): Promise<void> {
    if (this.company.muted) await page.getByRole('button', { name: 'Mute microphone' }).click();
  }

  private async newPage(browser: Browser, measured = false): Promise<Page> {
    const page = await newProfile(browser, measured ? this.own : this.company.before);
    this.pages.push(page);
    this.commits.push(new Commits(page));
    return page;
  }
}

/** Time from the press of Join to the first frame of the last of so many others, in ms. */
const allFaces = (page: Page, others: number): Promise<number> =>
  page.evaluate(
    ({ others, patience }) =>
      new Promise<number>((resolve, reject) => {
        let joined = NaN;
        const faces = new Map<string, number>();
        const observer = new PerformanceObserver((list) => {
          for (const mark of list.getEntries() as PerformanceMark[]) {
            if (mark.name === 'call:join') joined = mark.startTime;
            if (mark.name !== 'call:first-frame') continue;
            const { session } = mark.detail as { session: string };
            if (!faces.has(session)) faces.set(session, mark.startTime);
          }
          if (faces.size === others) resolve(Math.max(...faces.values()) - joined);
        });
        observer.observe({ type: 'mark', buffered: true });
        setTimeout(() => reject(new Error(`There were ${faces.size} faces of ${others}.`)), patience);
      }),
    { others, patience: PATIENCE },
  );

/** Reads the figure in the statistics panel, and closes the panel, whose plots take processor time. */
async function readsOf(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.locator('[data-panel]').getByRole('button', { name: 'Statistics' }).click();
  const reads = Number(await page.locator('[data-cost=reads]').textContent());
  await page.keyboard.press('Escape');
  return reads;
}
