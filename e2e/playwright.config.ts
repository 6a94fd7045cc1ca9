import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';

import { isSlow, measurePatience, within } from '../tools/patience.mjs';

// `npm test` has measured it; workers read this file too, and go by what was measured first.
process.env['PATIENCE'] ??= String(await measurePatience());

/**
 * Tests at once, beside those that mostly wait. A call is two browsers with their encoders, which keep two cores busy: on a machine of
 * two cores, two calls at once took over twice as long as one after the other.
 */
const calls = isSlow() || availableParallelism() <= 2 ? 1 : 2;

/** Tests marked so sit out leases and outages, and leave the processor to others. */
const waiting = /@waiting/;

/** Tests marked so time what happens in networks of their own, by whole browsers: too much to have others beside them. */
const apart = /@apart/;

/** What has a run of its own: see nat/playwright.config.ts. */
const nat = /\/nat\//;

// Reporters are named by whoever runs it: see tools/suites.mjs.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/warm-up.ts',
  workers: calls + 1,
  fullyParallel: true,
  // What passes only sometimes has failed.
  retries: 0,
  timeout: within(60_000),
  expect: { timeout: within(15_000) },
  // Sooner than a test is over, so that it can be told what was on the screen instead.
  use: { actionTimeout: within(20_000) },
  // Tests begin in the order of their projects.
  projects: [
    { name: 'waiting', grep: waiting, testIgnore: nat, workers: 1 },
    { name: 'any', grepInvert: [waiting, apart], testIgnore: nat, workers: calls },
    { name: 'apart', grep: apart, testIgnore: nat, workers: 1, dependencies: ['any', 'waiting'] },
  ],
});
