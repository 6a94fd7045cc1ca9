import { Apart } from '../support/apart';
import { namespacesMissing } from '../support/namespaces';
import { PER_BREAK, soak } from '../support/soak';
import { expect, test } from '../support/test';

const missing = namespacesMissing();

test(
  'a minute with a break every twenty seconds ends connected, and leaves nothing behind',
  { tag: '@waiting' },
  async ({ watch }, { annotations }) => {
    test.skip(missing !== null, `Needs network namespaces: ${missing}`);
    test.setTimeout(180_000);
    const apart = await Apart.start(watch);
    try {
      const { breaks, people } = await soak(apart, 60_000, (line) => console.log(`  ${line}`));
      expect(breaks).toBeGreaterThanOrEqual(3);
      for (const { name, connections, early, late } of people) {
        const figures = `${name}: ${JSON.stringify({ connections, early, late })}`;
        console.log(`  ${figures}`);
        annotations.push({ type: 'soak', description: figures });
        expect(connections.open, figures).toBe(1);
        expect(late.objects - early.objects, figures).toBeLessThan(breaks * PER_BREAK);
      }
    } finally {
      await apart.end();
    }
  },
);
