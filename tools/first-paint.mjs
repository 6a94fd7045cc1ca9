import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { Refusal, installed, inProject, root } from './project.mjs';
import { run } from './processes.mjs';

const stylesheet = /<link rel="stylesheet" href="([^":]+)">/g;
const script = /<script src="([^":]+)"><\/script>/g;

/**
 * The source expression with which a policy allows this inline script (`hash-source`, CSP 3 § 2.3.1).
 *
 * @param {string} text of the script
 */
export const hashSource = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Inlines all resources that a page's first paint waits for: its style sheets and its blocking scripts.
 *
 * @param {string} page html
 * @param {(path: string) => string} read the text of a file of the site
 * @returns {{ page: string, paths: string[], hashes: string[] }} the page, the paths of the inlined files, and the
 *   source expressions that the policy needs for the inlined scripts
 */
export function withFirstPaint(page, read) {
  /** @type {string[]} */
  const paths = [];
  /** @type {string[]} */
  const hashes = [];
  const part = (/** @type {string} */ path, /** @type {RegExp} */ end) => {
    const text = read(path);
    if (end.test(text))
      throw new Refusal(
        `${path} contains its element's end tag or "<!--", so it can't be put into the page. Escape that text.`,
      );
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
 * Inlines what the first paint of a built site waits for. On a slow network the page shows one round trip earlier.
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
      `public/boot.js has changed: replace the hash in script-src of firebase.json with ${unknown.join(' ')}.`,
    );
  writeFileSync(index, page);
  for (const path of paths) rmSync(join(site, path));
  // The service worker's file list contains a hash of each file.
  const { code } = await run(
    process.execPath,
    [installed('@angular/service-worker/ngsw-config.js'), relative(root, site), 'ngsw-config.json'],
    { cwd: root, limit: 60_000 },
  );
  if (code !== 0)
    throw new Refusal("The service worker's file list could not be generated: see the messages above.");
}
