/** Lighthouse's opinion of the start page, on the phone and network it imagines (its mobile preset). */
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { chromiumPath } from '../support/environment';
import { expect, test } from './app';
import { StaticSite } from './static-site';

/** At least these, out of 100. */
const wanted = { performance: 98, accessibility: 100, 'best-practices': 100 };
type Category = keyof typeof wanted;
const categories = Object.keys(wanted) as Category[];
type Scores = Record<Category, number>;
interface Run {
  readonly scores: Scores;
  /** The audits that took points, and by how much. */
  readonly faults: readonly string[];
}

/**
 * What else this machine does, and how warm it is, only ever takes points away: the same page got 93 to 99 in eleven runs of an idle one.
 * What the page is worth is the best of so many runs, and the first that is good enough is enough.
 */
const most = 6;

// eslint-disable-next-line no-empty-pattern
test('the start page is as good as can be', async ({}, { annotations }) => {
  test.setTimeout(240_000);
  // Compressed, as the real Hosting serves it, unlike its emulator.
  const site = await StaticSite.open();
  const chrome = await launch({
    chromePath: chromiumPath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const runs: Run[] = [];
    for (let tries = 0; tries < most && !runs.some(good); tries++) {
      const result = await lighthouse(`${site.origin}/`, {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'error',
        output: 'json',
      });
      if (!result) throw new Error('Lighthouse gave no result.');
      const { runtimeError, categories: scored, audits } = result.lhr;
      // Its trace of the page began too late, now and then: it asks to be run again.
      if (runtimeError?.code === 'NO_NAVSTART') continue;
      if (runtimeError) throw new Error(runtimeError.message);
      const score = (category: Category) => Math.round((scored[category]?.score ?? 0) * 100);
      runs.push({
        scores: Object.fromEntries(categories.map((category) => [category, score(category)])) as Scores,
        faults: Object.values(audits)
          .filter((audit) => audit.score !== null && audit.score < 0.9)
          .map(({ id, displayValue = '' }) => `${id} ${displayValue}`),
      });
    }
    const best = runs.sort((a, b) => b.scores.performance - a.scores.performance)[0];
    if (!best) throw new Error('Lighthouse recorded no trace of the page.');
    console.log(`  Lighthouse: ${JSON.stringify(best.scores)}, runs: ${runs.length}`);
    annotations.push({ type: 'lighthouse', description: JSON.stringify(runs.map(({ scores }) => scores)) });
    for (const category of categories) {
      expect
        .soft(best.scores[category], `${category}: ${best.faults.join('; ')}`)
        .toBeGreaterThanOrEqual(wanted[category]);
    }
  } finally {
    chrome.kill();
    await site.close();
  }
});

const good = ({ scores }: Run) => categories.every((category) => scores[category] >= wanted[category]);
