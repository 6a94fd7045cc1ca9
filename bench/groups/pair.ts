import type { Browser, Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

import { launch, loadDuring, newProfile, PATIENCE, trafficOf, type Traffic } from './browser';
import { Members } from './members';
import type { PairRun } from './report';

/** Time for the picture to reach its full size, and to measure, in ms. */
const SETTLING = 15_000;
const WINDOW = 15_000;

/**
 * A call of two and a bare pair of connections, one after the other, each with two browsers of its own. In odd rounds the call
 * comes first.
 */
export async function measurePair(url: string, round: number): Promise<PairRun> {
  const inCall = () =>
    inBrowsers(async (browsers) => {
      const members = new Members(url, { muted: false });
      await members.start(browsers[0]);
      await members.join(browsers[1]);
      return members.pages;
    });
  const inBare = () => inBrowsers((browsers) => connectBare(browsers, url));
  if (round % 2 === 1) {
    const parley = await inCall();
    return { parley, bare: await inBare() };
  }
  const bare = await inBare();
  return { parley: await inCall(), bare };
}

async function inBrowsers(
  connect: (browsers: readonly [Browser, Browser]) => Promise<readonly Page[]>,
): Promise<PairRun['bare']> {
  const browsers = [await launch('moving'), await launch('moving')] as const;
  try {
    const pages = await connect(browsers);
    await sleep(SETTLING);
    const look = () => Promise.all(pages.map(trafficOf));
    const { cores, idle, result } = await loadDuring(browsers, async () => {
      const before = await look();
      await sleep(WINDOW);
      return { before, after: await look() };
    });
    const both = pages.map((_page, index) => framesBetween(result.before[index]!, result.after[index]!));
    return {
      cores,
      idle,
      frames: both.reduce((sum, { frames }) => sum + frames, 0) / both.length,
      size: both.map(({ size }) => size).join(', '),
    };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

function framesBetween(before: Traffic, after: Traffic): { readonly frames: number; readonly size: string } {
  const [early, late] = [before.pictures[0], after.pictures[0]];
  if (!early || !late) throw new Error('No picture was received.');
  return { frames: ((late.frames - early.frames) / (after.at - before.at)) * 1_000, size: late.size };
}

/** Two pages with one connection and nothing else, which show what Parley shows. */
async function connectBare(browsers: readonly [Browser, Browser], url: string): Promise<readonly Page[]> {
  const pages = [await newProfile(browsers[0]), await newProfile(browsers[1])] as const;
  for (const page of pages) {
    await page.goto(`${url}/bench/bare.html`);
    await page.waitForFunction(() => 'offer' in globalThis);
  }
  const [caller, callee] = pages;
  const offer = await caller.evaluate(() => (globalThis as unknown as Bare).offer());
  const answer = await callee.evaluate((sdp) => (globalThis as unknown as Bare).answer(sdp), offer);
  await caller.evaluate((sdp) => (globalThis as unknown as Bare).accept(sdp), answer);
  for (const page of pages)
    await page.waitForFunction(
      () => document.querySelector<HTMLVideoElement>('#peer')!.videoWidth > 0,
      undefined,
      { timeout: PATIENCE },
    );
  return pages;
}

/** What the page `bare.html` offers: signals are passed by hand. Descriptions contain all candidates. */
export interface Bare {
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  accept(answer: string): Promise<void>;
}
