import type { Browser, Page } from '@playwright/test';

import { Commits } from '../../e2e/support/network';
import { press } from '../subjects';
import { newProfile, PATIENCE } from './browser';

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

  /** @param url of the site */
  constructor(private readonly url: string) {}

  /** Creates the call. */
  async start(browser: Browser): Promise<void> {
    const host = await this.newPage(browser);
    await host.goto(this.url);
    await host.getByRole('button', { name: 'New call' }).click();
    await host.getByLabel('Your name').fill(NAMES[0]);
    await host.getByRole('button', { name: 'Start call' }).click();
    await host.getByRole('status').getByText('Waiting for others').first().waitFor();
  }

  /**
   * The next member opens the link for the first time and presses Join. Resolves to the time from the press to the first
   * frame of the last of the others, in ms.
   */
  async join(browser: Browser): Promise<number> {
    const others = this.pages.length;
    const guest = await this.newPage(browser);
    await guest.goto(this.pages[0]!.url());
    await guest.getByLabel('Your name').fill(NAMES[others]!);
    await guest.getByText(/ (is|are) in the call/).waitFor();
    await press(guest, guest.getByRole('button', { name: 'Join now' }));
    return allFaces(guest, others);
  }

  /** Waits until everyone has received a picture of everyone. */
  async settled(): Promise<void> {
    await Promise.all(
      this.pages.map((page) =>
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

  private async newPage(browser: Browser): Promise<Page> {
    const page = await newProfile(browser);
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
