import { Apart } from '../support/apart';
import { namespacesMissing } from '../support/namespaces';
import { complaints, soak } from '../support/soak';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';

const missing = namespacesMissing();

test(
  'a minute with a break every twenty seconds ends connected and leaks nothing',
  { tag: '@apart' },
  async ({ watch }, { annotations }) => {
    test.skip(missing !== null, `Needs network namespaces: ${missing}`);
    test.setTimeout(within(180_000));
    const apart = await Apart.start(watch);
    try {
      const soaked = await soak(apart, 60_000, (line) => console.log(`  ${line}`));
      const { breaks, people } = soaked;
      expect(breaks).toBeGreaterThanOrEqual(3);
      for (const { name, connections, early, late } of people) {
        const figures = `${name}: ${JSON.stringify({ connections, early, late })}`;
        console.log(`  ${figures}`);
        annotations.push({ type: 'soak', description: figures });
      }
      expect(complaints(soaked)).toEqual([]);
    } finally {
      await apart.end();
    }
  },
);
