import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';

import { isSlow, measurePatience, within } from '../tools/patience.mjs';

// `npm test` has measured it. Workers read this file too and use the first measurement.
process.env['PATIENCE'] ??= String(await measurePatience());

/**
 * Concurrent tests, besides those that mostly wait. A call is two browsers with their encoders, which keep two cores
 * busy. On a machine with two cores, two calls at once took over twice as long as one after the other.
 */
const calls = isSlow() || availableParallelism() <= 2 ? 1 : 2;

/** Tests with this tag mostly wait for leases and outages, and use little processor time. */
const waiting = /@waiting/;

/** Tests with this tag measure times in networks of their own, with whole browsers: too much to run beside others. */
const apart = /@apart/;

/** Tests that run separately: see nat/playwright.config.ts. */
const nat = /\/nat\//;

// The command line names the reporters: see tools/suites.mjs.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/warm-up.ts',
  workers: calls + 1,
  fullyParallel: true,
  // A test that passes only sometimes has failed.
  retries: 0,
  timeout: within(60_000),
  expect: { timeout: within(15_000) },
  // Shorter than the limit of a test, so that the report shows what was on the screen instead.
  use: { actionTimeout: within(20_000) },
  // Tests start in the order of their projects.
  projects: [
    { name: 'waiting', grep: waiting, testIgnore: nat, workers: 1 },
    { name: 'any', grepInvert: [waiting, apart], testIgnore: nat, workers: calls },
    { name: 'apart', grep: apart, testIgnore: nat, workers: 1, dependencies: ['any', 'waiting'] },
  ],
});
