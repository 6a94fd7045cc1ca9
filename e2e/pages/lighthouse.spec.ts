/**
 * Lighthouse's audits of the start page. Its performance depends on the machine, so `npm run bench -- page` measures that.
 */
import { within } from '../../tools/patience.mjs';
import { judgeStartPage, type Audit, type Category } from '../support/lighthouse';
import { expect, test } from './app';

const categories: readonly Category[] = ['accessibility', 'best-practices'];
const isGood = ({ scores }: Audit) => categories.every((category) => scores[category] === 100);

// eslint-disable-next-line no-empty-pattern
test('the start page gets full scores', async ({}, { annotations }) => {
  test.setTimeout(within(120_000));
  const audits = await judgeStartPage(categories, 2, isGood);
  annotations.push({ type: 'lighthouse', description: JSON.stringify(audits.map(({ scores }) => scores)) });
  const last = audits.at(-1);
  if (!last) throw new Error('Lighthouse recorded no trace of the page.');
  for (const category of categories)
    expect.soft(last.scores[category], `${category}: ${last.faults.join('; ')}`).toBe(100);
});
