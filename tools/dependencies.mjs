import { existsSync, readFileSync } from 'node:fs';

import { Refusal, inProject, root, say } from './project.mjs';
import { run } from './processes.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Package
 * @typedef {{ packages: Record<string, Package> }} Lock
 */

/**
 * Whether the installed packages match the lock file. npm records what it installed in a lock file of the same format,
 * as its last step, so an interrupted installation is noticed too.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock} present node_modules/.package-lock.json
 */
export function isInstalled(wanted, present) {
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = present.packages[path];
    // npm leaves out optional packages for other systems.
    return found ? found.version === version : optional === true;
  });
}

/** Installs the dependencies unless they are installed already. */
export async function ensureDependencies() {
  const present = inProject('node_modules', '.package-lock.json');
  if (existsSync(present) && isInstalled(readLock(inProject('package-lock.json')), readLock(present))) return;
  say('Installing dependencies (npm ci). The first time takes a few minutes …');
  const cli = process.env['npm_execpath'];
  const [command, args] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  const { code } = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
  if (code === 0) return;
  throw new Refusal(
    'The dependencies could not be installed: npm ci failed; see its messages above.\n' +
      'If it could not reach the registry, check your connection ("npm ping") and try again.',
  );
}

/** @param {string} path @returns {Lock} */
const readLock = (path) => JSON.parse(readFileSync(path, 'utf8'));
