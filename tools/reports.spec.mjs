import assert from 'node:assert/strict';
import { test } from 'node:test';

import { count, countJunit, countPlaywright, sum, summary, verdict } from './reports.mjs';

test('JUnit: passed, failed, in error, skipped, in any nesting', () => {
  const xml = `<?xml version="1.0" encoding="utf-8"?>
    <testsuites><testsuite name="a" tests="4">
      <testcase name="shows a -> b" time="0.1" classname="test"/>
      <testsuite name="inner">
        <testcase name="fails" classname="t"><failure type="x" message="&lt;failure&gt;">no</failure></testcase>
        <testcase name="breaks" classname="t"><error message="thrown"/></testcase>
      </testsuite>
      <testcase name="later" classname="t">
        <skipped type="skipped" message="true"/>
      </testcase>
      <testcase name="says" classname="t"><system-out><![CDATA[<failure>]]></system-out></testcase>
    </testsuite></testsuites>`;
  assert.deepEqual(countJunit(xml), count(2, 2, 1));
});

test('Playwright: a test that passes on a retry has passed; errors outside of tests are failures', () => {
  const report = { stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{ message: 'no' }] };
  assert.deepEqual(countPlaywright(JSON.stringify(report)), count(6, 3, 3));
});

test('a successful suite counts as its report says', () => {
  assert.deepEqual(verdict(count(3, 0, 1), true), count(3, 0, 1));
});

test('a suite that wrote no report, ran nothing or skipped everything has failed', () => {
  assert.deepEqual(verdict(undefined, true), count(0, 1));
  assert.deepEqual(verdict(count(0, 0), true), count(0, 1));
  assert.deepEqual(verdict(count(0, 0, 7), true), count(0, 1, 7));
});

test('a failed runner counts as one failure', () => {
  assert.deepEqual(verdict(count(3, 0), false), count(3, 1));
  assert.deepEqual(verdict(count(3, 2), false), count(3, 2));
});

test('the last line of a run', () => {
  assert.equal(summary(sum([count(1, 0), count(2, 3)])), 'tests: 3 passed, 3 failed');
  assert.equal(summary(count(1, 0, 2)), 'tests: 1 passed, 0 failed, 2 skipped');
});
