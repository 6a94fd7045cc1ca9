import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';

import { withBrowsers } from './browsers.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { startEmulators } from './emulators.mjs';
import { withPrograms } from './packages.mjs';
import { isSlow, measurePatience, patience } from './patience.mjs';
import { dist, ensureBuild } from './production-build.mjs';
import { endAllOnSignal, isEnding, run } from './processes.mjs';
import { Refusal, inProject, root, say } from './project.mjs';
import { count, sum, summary, verdict } from './reports.mjs';
import { suites } from './suites.mjs';

/** @typedef {import('./reports.mjs').Count} Count */

/** @param {string[]} names the suites to run; if empty, all that don't run on request only */
export async function test(names) {
  endAllOnSignal(130);
  const total = await runSuites(names);
  // The signal's handler ends the process.
  if (isEnding()) return 130;
  say(summary(total));
  return total.failed > 0 ? 1 : 0;
}

/** @param {string[]} names @returns {Promise<Count>} */
async function runSuites(names) {
  /** @type {Preparation | undefined} */
  let preparation;
  try {
    const chosen = choose(names);
    await ensureDependencies();
    process.env['PATIENCE'] ??= String(await measurePatience());
    say(`Time limits: ${patience()} times those for an idle machine.`);
    mkdirSync(inProject('reports'), { recursive: true });
    preparation = new Preparation();
    return sum(await runAll(chosen, preparation));
  } catch (error) {
    complain(error);
    return count(0, 1);
  } finally {
    await preparation?.end();
  }
}

/**
 * Suites spend much of their time waiting, and few computers have a single processor. A slow machine has no capacity
 * for a second suite.
 */
const atOnce = () => (isSlow() ? 1 : 2);

/**
 * @param {readonly import('./suites.mjs').Suite[]} chosen
 * @param {Preparation} preparation
 * @returns {Promise<Count[]>}
 */
async function runAll(chosen, preparation) {
  const live = chosen.length === 1;
  const waiting = [...chosen];
  /** @type {Map<import('./suites.mjs').Suite, Promise<void>>} */
  const running = new Map();
  /** @type {Count[]} */
  const counts = [];
  while (!isEnding() && waiting.length + running.size > 0) {
    const next =
      running.size < atOnce() ? waiting.find((suite) => mayBegin(suite, [...running.keys()])) : undefined;
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      const ran = runSuite(next, preparation, live || next.alone === true).then((result) => {
        counts.push(result);
        running.delete(next);
      });
      running.set(next, ran);
    } else {
      await Promise.race(running.values());
    }
  }
  await Promise.all(running.values());
  return counts;
}

/** @param {import('./suites.mjs').Suite} suite @param {readonly import('./suites.mjs').Suite[]} running */
function mayBegin(suite, running) {
  if (suite.alone) return running.length === 0;
  // Two suites would share one database.
  return !running.some(({ alone, emulators }) => alone || (emulators && suite.emulators));
}

/** @param {string[]} names */
function choose(names) {
  const all = suites();
  const unknown = names.filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Refusal(
      `There is no suite ${unknown.join(', ')}. Choose from: ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  return all.filter(({ name, onRequest }) => (names.length > 0 ? names.includes(name) : !onRequest));
}

/**
 * @param {import('./suites.mjs').Suite} suite
 * @param {Preparation} preparation
 * @param {boolean} live whether its output is shown while it runs; the output of two suites at once can't be read
 * @returns {Promise<Count>}
 */
async function runSuite(suite, preparation, live) {
  const begun = Date.now();
  const log = live ? undefined : inProject('reports', `${suite.name}.txt`);
  const out = log ? openSync(log, 'w') : 'inherit';
  say(live ? `\n── ${suite.name} ──` : `── ${suite.name} started`);
  if (suite.report) rmSync(suite.report, { force: true });
  let succeeded = true;
  const limit = suite.limit * patience();
  try {
    const env = { ...(await preparation.environment(suite)), ...suite.env };
    for (const args of suite.commands) {
      const { code, timedOut } = await run(process.execPath, args, {
        cwd: root,
        env,
        limit,
        stdio: ['ignore', out, out],
      });
      if (timedOut) say(`Timed out after ${limit / 1_000} s and was ended.`);
      succeeded &&= code === 0 && !timedOut;
    }
  } catch (error) {
    succeeded = false;
    complain(error);
  }
  if (log && typeof out === 'number') {
    closeSync(out);
    const said = readFileSync(log, 'utf8').trim();
    say(`\n── ${suite.name} ──${said ? `\n${said}` : ''}`);
  }
  const result = verdict(reported(suite, succeeded), succeeded);
  const { passed, failed, skipped } = result;
  const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
  say(`── ${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
  return result;
}

/**
 * @param {import('./suites.mjs').Suite} suite
 * @param {boolean} succeeded
 * @returns {Count | undefined}
 */
function reported({ name, report, read }, succeeded) {
  if (!report || !read) return succeeded ? count(1, 0) : count(0, 1);
  try {
    if (existsSync(report)) return read(readFileSync(report, 'utf8'));
    say(`The suite ${name} wrote no report.`);
  } catch (error) {
    complain(error);
  }
  return undefined;
}

/** @param {unknown} error */
function complain(error) {
  if (!isEnding()) say(error instanceof Refusal ? error.message : String(Object(error).stack ?? error));
}

/** What suites need, prepared when the first of them asks. */
class Preparation {
  /** @type {Promise<import('./emulators.mjs').Emulators> | undefined} */
  #emulators;

  /** @param {import('./suites.mjs').Suite} suite @returns {Promise<NodeJS.ProcessEnv>} */
  async environment({ browsers = [], programs = [], emulators, site, name }) {
    const env = await withBrowsers(browsers);
    await withPrograms(programs);
    if (!emulators) return env;
    if (site) await ensureBuild();
    const { ports, exit, publish } = await (this.#emulators ??= this.#start());
    if (await Promise.race([exit.then(() => true), Promise.resolve(false)])) {
      throw new Refusal(`The emulators stopped before the suite ${name} started.`);
    }
    if (site) publish(dist);
    return {
      ...env,
      BASE_URL: `http://localhost:${ports.hosting}`,
      AUTH_PORT: String(ports.auth),
      FIRESTORE_PORT: String(ports.firestore),
      FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${ports.auth}`,
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${ports.firestore}`,
    };
  }

  #start() {
    say('Starting emulators …');
    return startEmulators({ project: 'demo-parley' });
  }

  async end() {
    await (await this.#emulators?.catch(() => undefined))?.end();
  }
}
