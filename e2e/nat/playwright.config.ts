import { defineConfig } from '@playwright/test';

// Apart from all other tests: while it runs, the site names servers that nobody else can reach.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/nat',
  globalSetup: './site.ts',
  fullyParallel: true,
  // Each with a laboratory of its own.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 25_000 },
});
