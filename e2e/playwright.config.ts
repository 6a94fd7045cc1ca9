import { defineConfig } from '@playwright/test';

/** What measures how fast the page is: begun when nothing else runs any more. */
const timed = /lighthouse\.spec/;

/** Tests marked so sit out leases and outages, and leave the processor to others. */
const waiting = /@waiting/;

/**
 * Tests marked so plug in networks of their own. All other browsers of the machine see that too, and drop every request
 * that is under way (Chromium: ERR_NETWORK_CHANGED). So nothing runs beside them.
 */
const apart = /@apart/;

// Reporters are named by whoever runs it: see tools/suites.mjs.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/warm-up.ts',
  // One for each core of the smallest machine, and one for tests that mostly wait.
  workers: 3,
  fullyParallel: true,
  // What passes only sometimes has failed.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Sooner than a test is over, so that it can be told what was on the screen instead.
  use: { actionTimeout: 25_000 },
  // Tests begin in the order of their projects.
  projects: [
    { name: 'waiting', grep: waiting, workers: 1 },
    { name: 'any', grepInvert: [waiting, apart], testIgnore: timed, workers: 2 },
    { name: 'apart', grep: apart, workers: 1, dependencies: ['any', 'waiting'] },
    { name: 'timed', testMatch: timed, dependencies: ['any', 'waiting', 'apart'] },
  ],
});
