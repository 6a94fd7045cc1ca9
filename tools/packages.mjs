import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run } from './processes.mjs';
import { say } from './project.mjs';

/** Programs that network tests run, and the Debian packages that contain them. */
const packages = /** @type {const} */ ({ ip: 'iproute2', nft: 'nftables', turnserver: 'coturn' });

/** @typedef {keyof typeof packages} Program */

/** For each of the two steps, in ms. */
const LIMIT = 120_000;

/**
 * Path of a program, or undefined if there is none.
 *
 * @param {string} program a name, or a path
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function onPath(program, env = process.env) {
  const folders = program.includes('/') ? [''] : (env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs missing programs from Debian packages, if we are allowed to, and names those that are still missing. Tests
 * that need one of them report it and are skipped, as they are without root.
 *
 * @param {readonly Program[]} programs
 * @param {(line: string) => unknown} [tell]
 */
export async function withPrograms(programs, tell = say) {
  const missing = () => programs.filter((program) => !onPath(program));
  const wanted = missing().map((program) => packages[program]);
  if (wanted.length > 0) await install(wanted, LIMIT);
  const names = missing().map((program) => `${program} (package ${packages[program]})`);
  if (names.length > 0) tell(`Not found: ${names.join(', ')}. Tests that need it are skipped.`);
}

/**
 * Installs Debian packages as root. Their services are not started: we run programs only while we need them.
 *
 * @param {readonly string[]} names
 * @param {number} limit for each of the two steps, in ms
 */
export async function install(names, limit) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say(`Installing ${names.join(', ')} (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1', RUNLEVEL: '1' };
  await run('apt-get', ['update', '-qq'], { env, limit });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, limit });
}

/** @param {string} name */
export const hasPackage = (name) => spawnSync('dpkg', ['-s', name], { stdio: 'ignore' }).status === 0;
