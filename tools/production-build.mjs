import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { inlineFirstPaint } from './first-paint.mjs';
import { Refusal, inProject, inState, installed, root, say } from './project.mjs';
import { run } from './processes.mjs';

/** Inputs of the build. */
const sources = [
  'src',
  'public',
  'angular.json',
  'tsconfig.json',
  'tsconfig.app.json',
  'ngsw-config.json',
  'firebase.json',
  'tools/first-paint.mjs',
  'tools/without-re2',
  'package-lock.json',
];
const noSource = /\.(?:spec|contract)\.ts$/;

/** Folder of the production build. */
export const dist = inProject('dist');

/**
 * A digest of the names and contents of files, in an order that does not depend on the file system.
 *
 * @param {readonly string[]} paths files and folders, absolute
 * @param {(path: string) => boolean} [counts]
 */
export function digest(paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesIn).filter(counts)) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/**
 * Builds for production unless the last build came from the same sources and its output is still there, unchanged.
 *
 * @returns {Promise<boolean>} whether a build was necessary
 */
export async function ensureBuild() {
  const record = inState('build.json');
  const made = digest(
    sources.map((path) => inProject(path)),
    (path) => !noSource.test(path),
  );
  const last = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  if (last.sources === made && last.output === digest([dist])) return false;
  await build();
  writeFileSync(record, JSON.stringify({ sources: made, output: digest([dist]) }));
  return true;
}

async function build() {
  say('Building for production (ng build) …');
  const { code } = await run(process.execPath, [installed('@angular/cli/bin/ng.js'), 'build'], {
    cwd: root,
    // One file instead of nine for the first load: fewer requests, less to transfer.
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', NG_BUILD_OPTIMIZE_CHUNKS: '1' },
    limit: 600_000,
  });
  if (code !== 0) throw new Refusal('The build failed: see the messages above.');
  await inlineFirstPaint(dist);
}
