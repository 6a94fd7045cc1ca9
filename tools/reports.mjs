/**
 * How many tests passed, failed and were skipped.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/** @param {number} passed @param {number} failed @param {number} [skipped] @returns {Count} */
export const count = (passed, failed, skipped = 0) => ({ passed, failed, skipped });

/** @param {readonly Count[]} counts @returns {Count} */
export const sum = (counts) =>
  counts.reduce(
    (a, b) => count(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped),
    count(0, 0),
  );

/** The last line of a test run. @param {Count} total */
export const summary = ({ passed, failed, skipped }) =>
  `tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const testCase = /<testcase(?:\s+[\w:.-]+="[^"]*")*\s*(?:\/>|>([\s\S]*?)<\/testcase>)/g;

/** Counts the tests in a JUnit report, as Karma and Node write it. @param {string} xml */
export function countJunit(xml) {
  const total = count(0, 0);
  for (const [, content = ''] of xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(testCase)) {
    if (/<(?:failure|error)[\s/>]/.test(content)) total.failed++;
    else if (/<skipped[\s/>]/.test(content)) total.skipped++;
    else total.passed++;
  }
  return total;
}

/** Counts the tests in Playwright's JSON report. A test that passes on a retry counts as passed. @param {string} json */
export function countPlaywright(json) {
  const { stats, errors } = JSON.parse(json);
  // Errors outside of tests, such as a file that does not load.
  return count(stats.expected + stats.flaky, stats.unexpected + errors.length, stats.skipped);
}

/**
 * The result of a suite. Running no test, leaving no report and a runner that fails each count as a failure.
 *
 * @param {Count | undefined} reported
 * @param {boolean} succeeded whether the runner's process succeeded, and in time
 * @returns {Count}
 */
export function verdict(reported, succeeded) {
  const { passed, failed, skipped } = reported ?? count(0, 0);
  const ranNothing = passed + failed === 0;
  return count(passed, failed === 0 && (ranNothing || !succeeded) ? 1 : failed, skipped);
}
