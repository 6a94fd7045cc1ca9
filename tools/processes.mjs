import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

import { Refusal } from './project.mjs';

/**
 * @typedef {{ pid: number, parent: number, started: string, name?: string }} Process `started` distinguishes processes
 *   that had the same id; only Linux gives the name
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit
 * @typedef {object} Running
 * @property {number} pid
 * @property {Promise<Exit>} exit resolves when the process has ended; never rejects
 * @property {() => void} remember records the processes it has started so far, so that `end` reaches them even if their
 *   parent has exited by then
 * @property {() => Promise<void>} end ends the process and all its descendants; resolves when they have exited
 */

/** @type {Set<Running>} */
const running = new Set();

let asked = false;

/** Whether a signal has asked us to end. Failures after that are its consequence. */
export const isEnding = () => asked;

/**
 * Starts a program as the leader of a process group of its own. Ctrl-C in the terminal then reaches only us, and we end
 * the program in order.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {import('node:child_process').StdioOptions} [options.stdio] by default output goes to ours
 * @param {NodeJS.Signals} [options.signal] the signal that asks it to end
 * @param {number} [options.grace] how long it may take to end when asked, in ms
 * @returns {Running & { child: import('node:child_process').ChildProcess }}
 */
export function launch(command, args, options = {}) {
  const { cwd, env, stdio = ['ignore', 'inherit', 'inherit'], signal = 'SIGTERM', grace = 5_000 } = options;
  if (asked) throw new Refusal('This command is stopping and starts nothing more.');
  const child = spawn(command, args, { cwd, env, stdio, detached: true });
  /** @type {Map<number, Process>} */
  const offspring = new Map();
  const remember = () => {
    for (const one of descendants(child.pid ?? -1)) offspring.set(one.pid, one);
  };
  /** @type {Promise<Exit>} */
  const exit = new Promise((resolve) => {
    child.once('exit', (code, by) => resolve({ code, signal: by }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  /** @type {Promise<void> | undefined} */
  let ending;
  const end = async () => {
    remember();
    if (child.exitCode === null && child.signalCode === null) {
      // Only the leader, so that it can end its descendants in its own order.
      kill(child.pid ?? 0, signal);
      await within(grace, exit);
    }
    if (child.pid !== undefined) kill(-child.pid, 'SIGKILL');
    for (const one of offspring.values()) if (alive(one)) kill(one.pid, 'SIGKILL');
    await exit;
    const giveUp = Date.now() + 2_000;
    while ([...offspring.values()].some(alive) && Date.now() < giveUp) await pause(20);
    running.delete(handle);
  };
  const handle = { pid: child.pid ?? -1, child, exit, remember, end: () => (ending ??= end()) };
  running.add(handle);
  return handle;
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof launch>[2] & { limit?: number }} [options] `limit`: time in ms after which the program is ended
 * @returns {Promise<Exit & { timedOut: boolean }>}
 */
export async function run(command, args, options = {}) {
  const process = launch(command, args, options);
  const timedOut = options.limit !== undefined && !(await within(options.limit, process.exit));
  if (!timedOut) await process.exit;
  await process.end();
  return { ...(await process.exit), timedOut };
}

/** Ends everything that was launched, the most recent first. */
export async function endAll() {
  await Promise.all([...running].reverse().map((one) => one.end()));
}

/**
 * Ends everything when the user, the terminal or the system asks for it with a signal.
 *
 * @param {number} exitCode
 */
export function endAllOnSignal(exitCode) {
  const ask = () => {
    if (asked) return;
    asked = true;
    void endAll().then(() => process.exit(exitCode));
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, ask);
  // npm does not forward SIGHUP, and can't tell us when it is killed.
  const npm = npmAbove();
  if (npm) setInterval(() => alive(npm) || ask(), 1_000).unref();
  // The terminal may have closed by the time we print our last messages.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** The npm process that runs us, if any: our parent, or the parent of its shell. @returns {Process | undefined} */
function npmAbove() {
  let one = find(process.ppid);
  for (let i = 0; i < 2 && one && !one.name?.startsWith('npm'); i++) one = find(one.parent);
  return process.env['npm_lifecycle_event'] && one?.name?.startsWith('npm') ? one : undefined;
}

/** All descendants of a process, from the system's process table. @param {number} ancestor @returns {Process[]} */
export function descendants(ancestor) {
  const table = processTable();
  /** @type {Process[]} */
  const found = [];
  const parents = new Set([ancestor]);
  for (let before = -1; before !== found.length;) {
    before = found.length;
    for (const one of table) {
      if (!parents.has(one.parent) || parents.has(one.pid)) continue;
      parents.add(one.pid);
      found.push(one);
    }
  }
  return found;
}

/** @returns {Process[]} */
function processTable() {
  if (process.platform === 'linux') {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (fromProc(Number(name)) ?? []) : []));
  }
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, started] = /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [];
    return pid && parent && started ? [{ pid: Number(pid), parent: Number(parent), started }] : [];
  });
}

/** A process as Linux describes it (proc(5), `stat`). Zombies count as exited. @param {number} pid */
function fromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may itself contain brackets and spaces.
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent] = fields;
    return state === 'Z' ? undefined : { pid, parent: Number(parent), started: fields[19] ?? '', name };
  } catch {
    return undefined;
  }
}

/** The process with this id, if it is running. @param {number} pid @returns {Process | undefined} */
export const find = (pid) =>
  process.platform === 'linux' ? fromProc(pid) : processTable().find((one) => one.pid === pid);

/** @param {Process} one */
const alive = (one) => find(one.pid)?.started === one.started;

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    if (pid !== 0) process.kill(pid, signal);
  } catch {
    // Already exited.
  }
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits for a promise for a limited time.
 *
 * @param {number} milliseconds
 * @param {Promise<unknown>} awaited a promise that never rejects
 * @returns {Promise<boolean>} whether it resolved in time
 */
async function within(milliseconds, awaited) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const inTime = (await Promise.race([awaited.then(() => true), late])) === true;
  clearTimeout(timer);
  return inTime;
}
