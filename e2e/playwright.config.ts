import { defineConfig } from '@playwright/test';

// Reporters are named by whoever runs it: see tools/suites.mjs.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Each person is a browser of their own, kept for all tests of a worker: a second worker would start them all again.
  workers: 2,
  fullyParallel: true,
  // What passes only sometimes has failed.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
});
