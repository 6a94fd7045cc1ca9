import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GENEROSITY, isSlow, measurePatience, patience, patienceOf, within } from './patience.mjs';

test('patience is the median of the rounds in multiples of the usual time, and at least 1', () => {
  assert.equal(patienceOf([100, 100, 100]), 1);
  assert.equal(patienceOf([40, 50, 60]), 1);
  assert.equal(patienceOf([150, 900, 230, 210, 190]), 2.1);
  assert.equal(patienceOf([90_000]), 8);
});

test('a measurement of this machine is within its bounds', async () => {
  const measured = await measurePatience();
  assert.ok(measured >= 1 && measured <= 8, String(measured));
});

test('limits are generous without a measurement, and grow with the measured value', () => {
  assert.equal(within(1_000, {}), 1_000 * GENEROSITY);
  assert.equal(within(1_000, { PATIENCE: '2.5' }), 2_500 * GENEROSITY);
  for (const PATIENCE of ['', 'much', '0', '-2']) assert.equal(patience({ PATIENCE }), 1);
});

test('a machine is slow from 1.5 times the usual time', () => {
  assert.equal(isSlow({ PATIENCE: '1.4' }), false);
  assert.equal(isSlow({ PATIENCE: '1.5' }), true);
});
