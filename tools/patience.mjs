import { Worker } from 'node:worker_threads';

/**
 * Limits of the suites are there so that a run ends that hangs; none of them says how fast Parley is (bench/ does). So they
 * are generous on any machine, and grow with what this machine takes for a fixed piece of work. They stay generous where it
 * was fast, since other work may begin once the suites run.
 */
export const GENEROSITY = 3;

/** Beyond this the suites have other troubles than patience. */
const MOST = 8;

/** Number of threads that work at once: about what a call between two browsers keeps busy. */
const THREADS = 2;

/** Steps of one thread in one round. */
const STEPS = 60_000_000;

/** Time of a round on two idle cores of the kind that the limits were set on, in ms. */
const USUAL_MS = 100;

const ROUNDS = 5;

const work = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.on('message', () => {
    let state = 1;
    for (let step = 0; step < workerData; step++) state = (Math.imul(state, 1664525) + 1013904223) | 0;
    parentPort.postMessage(state);
  });
`;

/**
 * Times the work, which takes about a second.
 *
 * @returns {Promise<number>} how many times as long as usual it took, from 1 to 8
 */
export async function measurePatience() {
  const workers = Array.from({ length: THREADS }, () => new Worker(work, { eval: true, workerData: STEPS }));
  const once = (/** @type {Worker} */ worker) =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(null);
    });
  try {
    /** @type {number[]} */
    const times = [];
    // The first round compiles.
    for (let round = 0; round <= ROUNDS; round++) {
      const begun = performance.now();
      await Promise.all(workers.map(once));
      if (round > 0) times.push(performance.now() - begun);
    }
    return patienceOf(times);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/**
 * @param {readonly number[]} times of the rounds, in ms
 * @returns {number} the median in multiples of the usual time, to one decimal
 */
export function patienceOf(times) {
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? USUAL_MS;
  return Math.round(Math.min(MOST, Math.max(1, median / USUAL_MS)) * 10) / 10;
}

/**
 * What was measured at the start of the run, by which all its processes go; 1 when nothing was.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export const patience = (env = process.env) => Math.max(1, Number(env['PATIENCE']) || 1);

/**
 * The limit for what an idle machine does in a given time.
 *
 * @param {number} milliseconds
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {number} ms
 */
export const within = (milliseconds, env = process.env) =>
  Math.round(milliseconds * GENEROSITY * patience(env));

/** Whether the machine is so slow that tests had better run one at a time. @param {NodeJS.ProcessEnv} [env] */
export const isSlow = (env = process.env) => patience(env) >= 1.5;
