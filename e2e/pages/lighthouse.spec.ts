/** Lighthouse's opinion of the start page. How fast it is depends on the machine: that is for `npm run bench -- page` to say. */
import { within } from '../../tools/patience.mjs';
import { judgeStartPage, type Audit, type Category } from '../support/lighthouse';
import { expect, test } from './app';

const categories: readonly Category[] = ['accessibility', 'best-practices'];
const isGood = ({ scores }: Audit) => categories.every((category) => scores[category] === 100);

// eslint-disable-next-line no-empty-pattern
test('the start page is as good as can be', async ({}, { annotations }) => {
  test.setTimeout(within(120_000));
  const audits = await judgeStartPage(categories, 2, isGood);
  annotations.push({ type: 'lighthouse', description: JSON.stringify(audits.map(({ scores }) => scores)) });
  const last = audits.at(-1);
  if (!last) throw new Error('Lighthouse recorded no trace of the page.');
  for (const category of categories)
    expect.soft(last.scores[category], `${category}: ${last.faults.join('; ')}`).toBe(100);
});
