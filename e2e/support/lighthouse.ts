import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { within } from '../../tools/patience.mjs';
import { StaticSite } from '../pages/static-site';
import { chromiumPath } from './environment';

export type Category = 'performance' | 'accessibility' | 'best-practices';

export interface Audit {
  /** From 0 to 100. */
  readonly scores: Readonly<Record<Category, number>>;
  /** The audits that cost points, with their values. */
  readonly faults: readonly string[];
}

/**
 * Has Lighthouse audit the start page with its simulated phone and network (mobile preset), until a run is good enough.
 *
 * @param most maximum number of runs
 * @returns the result of each run
 */
export async function judgeStartPage(
  categories: readonly Category[],
  most: number,
  isGood: (audit: Audit) => boolean,
): Promise<readonly Audit[]> {
  // Compressed, like on the real Hosting and unlike on its emulator.
  const site = await StaticSite.open();
  const chrome = await launch({
    chromePath: chromiumPath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    maxConnectionRetries: within(50),
  });
  try {
    const audits: Audit[] = [];
    for (let tries = 0; tries < most && !audits.some(isGood); tries++) {
      const result = await lighthouse(`${site.origin}/`, {
        port: chrome.port,
        onlyCategories: [...categories],
        logLevel: 'error',
        output: 'json',
        maxWaitForLoad: within(45_000),
        maxWaitForFcp: within(30_000),
      });
      if (!result) throw new Error('Lighthouse returned no result.');
      const { runtimeError, categories: scored, audits: found } = result.lhr;
      // Occasionally its trace of the page starts too late, and it asks to be run again.
      if (runtimeError?.code === 'NO_NAVSTART') continue;
      if (runtimeError) throw new Error(runtimeError.message);
      audits.push({
        scores: Object.fromEntries(
          categories.map((category) => [category, Math.round((scored[category]?.score ?? 0) * 100)]),
        ) as Record<Category, number>,
        faults: Object.values(found)
          .filter((audit) => audit.score !== null && audit.score < 0.9)
          .map(({ id, displayValue = '' }) => `${id} ${displayValue}`),
      });
    }
    return audits;
  } finally {
    chrome.kill();
    await site.close();
  }
}
