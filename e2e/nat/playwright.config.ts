import { defineConfig } from '@playwright/test';

import { isSlow, measurePatience, within } from '../../tools/patience.mjs';

process.env['PATIENCE'] ??= String(await measurePatience());

/** Tests with this tag need three whole browsers: too much to run beside others. */
const apart = /@apart/;

// Separate from all other tests: while this runs, the site publishes servers that only the lab can reach.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/nat',
  globalSetup: './site.ts',
  fullyParallel: true,
  // Each worker has a lab of its own.
  workers: isSlow() ? 1 : 2,
  retries: 0,
  timeout: within(90_000),
  expect: { timeout: within(15_000) },
  use: { actionTimeout: within(20_000) },
  projects: [
    { name: 'any', grepInvert: apart },
    { name: 'apart', grep: apart, workers: 1, dependencies: ['any'] },
  ],
});
