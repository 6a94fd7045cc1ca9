import { defineConfig } from '@playwright/test';

/** What measures how fast the page is: begun when little else runs beside it any more. */
const timed = /lighthouse\.spec/;

// Reporters are named by whoever runs it: see tools/suites.mjs.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/warm-up.ts',
  // One for each core of the smallest machine: most of the time is computing, not waiting.
  workers: 2,
  fullyParallel: true,
  // What passes only sometimes has failed.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Tests begin in the order of their projects.
  projects: [
    { name: 'any', testIgnore: timed },
    { name: 'timed', testMatch: timed },
  ],
});
