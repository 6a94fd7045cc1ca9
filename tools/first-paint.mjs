import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { Refusal, installed, inProject, root } from './project.mjs';
import { run } from './processes.mjs';

const stylesheet = /<link rel="stylesheet" href="([^":]+)">/g;
const script = /<script src="([^":]+)"><\/script>/g;

/**
 * What a policy says to let this script run where it is part of a page (`hash-source`, CSP 3 § 2.3.1).
 *
 * @param {string} text of the script
 */
export const hashSource = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * A page with all that its first paint waits for in it: its style sheets, and the scripts that block.
 *
 * @param {string} page html
 * @param {(path: string) => string} read the text of a file of the site
 * @returns {{ page: string, paths: string[], hashes: string[] }} the page, whatever is part of it now, and what the policy must say
 *   to let its scripts run
 */
export function withFirstPaint(page, read) {
  /** @type {string[]} */
  const paths = [];
  /** @type {string[]} */
  const hashes = [];
  const part = (/** @type {string} */ path, /** @type {RegExp} */ end) => {
    const text = read(path);
    if (end.test(text))
      throw new Refusal(`${path} would end its own element: it can't be put into the page.`);
    paths.push(path);
    return text;
  };
  const styled = page.replace(stylesheet, (_, path) => `<style>${part(path, /<\/style/i)}</style>`);
  const whole = styled.replace(script, (_, path) => {
    const text = part(path, /<\/script|<!--/i);
    hashes.push(hashSource(text));
    return `<script>${text}</script>`;
  });
  return { page: whole, paths, hashes };
}

/**
 * Puts what the first paint of a built site waits for into its page: a phone on a slow network shows it one round trip earlier.
 *
 * @param {string} site folder of the build
 */
export async function inlineFirstPaint(site) {
  const index = join(site, 'index.html');
  const { page, paths, hashes } = withFirstPaint(readFileSync(index, 'utf8'), (path) =>
    readFileSync(join(site, path), 'utf8'),
  );
  const policy = readFileSync(inProject('firebase.json'), 'utf8');
  const unknown = hashes.filter((hash) => !policy.includes(hash));
  if (unknown.length)
    throw new Refusal(
      `script-src in firebase.json must name ${unknown.join(' ')} instead of the hash it has: public/boot.js has changed.`,
    );
  writeFileSync(index, page);
  for (const path of paths) rmSync(join(site, path));
  // The service worker's list of files has the hash of each.
  const { code } = await run(
    process.execPath,
    [installed('@angular/service-worker/ngsw-config.js'), relative(root, site), 'ngsw-config.json'],
    { cwd: root, limit: 60_000 },
  );
  if (code !== 0) throw new Refusal('The list of files for the service worker could not be made: see above.');
}
