import { readFileSync } from 'node:fs';

/**
 * What is wrong with this version of Node, if anything. Uses only syntax and imports that old versions know, because it
 * has to run on them.
 *
 * @param {string} version as in `process.version`
 * @param {string} range as in package.json's `engines.node`: `>=` and a version
 * @returns {string | undefined}
 */
export function nodeProblem(version, range) {
  const have = numbers(version);
  const need = numbers(range);
  for (let i = 0; i < need.length; i++) {
    const difference = (have[i] || 0) - (need[i] || 0);
    if (difference > 0) return undefined;
    if (difference < 0) {
      return (
        `Parley needs Node ${need.join('.')} or newer, and this is Node ${have.join('.')}.\n` +
        `Install a newer version (https://nodejs.org/en/download, or "nvm install 20") and try again.`
      );
    }
  }
  return undefined;
}

/** @param {string} text */
const numbers = (text) =>
  text
    .replace(/^[^0-9]*/, '')
    .split('.')
    .map(Number);

/** Ends the process with a message if Node is too old. */
export function requireNode() {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const problem = nodeProblem(process.version, manifest.engines.node);
  if (!problem) return;
  console.error(problem);
  process.exit(1);
}
