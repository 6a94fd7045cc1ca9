import { existsSync, readFileSync } from 'node:fs';

import { Refusal, inProject, root, say } from './project.mjs';
import { run } from './processes.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Package
 * @typedef {{ packages: Record<string, Package> }} Lock
 */

/**
 * Whether what is installed is what the lock file asks for. npm notes what it has installed in a lock file of the same
 * form, as the last thing it does, so that an interrupted installation shows too.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock} present node_modules/.package-lock.json
 */
export function isInstalled(wanted, present) {
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = present.packages[path];
    // Optional packages for other systems are left out.
    return found ? found.version === version : optional === true;
  });
}

/** Installs the dependencies unless they are there. */
export async function ensureDependencies() {
  const present = inProject('node_modules', '.package-lock.json');
  if (existsSync(present) && isInstalled(readLock(inProject('package-lock.json')), readLock(present))) return;
  say('Installing dependencies (npm ci); the first time takes some minutes …');
  const cli = process.env['npm_execpath'];
  const [command, args] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  const { code } = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
  if (code === 0) return;
  throw new Refusal(
    'The dependencies could not be installed: npm ci failed and says why above.\n' +
      'Where it did not reach the registry, check the connection ("npm ping"); then try again.',
  );
}

/** @param {string} path @returns {Lock} */
const readLock = (path) => JSON.parse(readFileSync(path, 'utf8'));
