import { defineConfig } from '@playwright/test';
import { within } from '../tools/patience.mjs';

/**
 * Takes the pictures in `docs/pictures` again, from a running app (`npm start`):
 *
 *     BASE_URL=http://localhost:5000 npx playwright test -c e2e/pictures.config.ts
 */
export default defineConfig({
  testDir: './pictures',
  testMatch: 'pictures.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: within(90_000),
  expect: { timeout: within(20_000) },
  reporter: 'list',
});
