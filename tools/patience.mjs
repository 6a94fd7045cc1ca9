import { Worker } from 'node:worker_threads';

/**
 * The suites' time limits only end runs that hang; they do not measure how fast Parley is (bench/ does). They are
 * generous on any machine, and grow with the time that this machine takes for a fixed amount of work. They stay
 * generous if it was fast, because other work may begin once the suites run.
 */
export const GENEROSITY = 3;

/** Beyond this, longer limits would not help the suites. */
const MOST = 8;

/** Number of concurrent threads: about as many as a call between two browsers keeps busy. */
const THREADS = 2;

/** Steps of one thread in one round. */
const STEPS = 60_000_000;

/** Duration of a round on two idle cores of the machine that the limits were chosen on, in ms. */
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
 * @returns {Promise<number>} the duration in multiples of the usual one, from 1 to 8
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
    // The first round includes compilation.
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
 * @returns {number} the median in multiples of the usual duration, to one decimal
 */
export function patienceOf(times) {
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? USUAL_MS;
  return Math.round(Math.min(MOST, Math.max(1, median / USUAL_MS)) * 10) / 10;
}

/**
 * The value measured at the start of the run, shared by all its processes; 1 if nothing was measured.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export const patience = (env = process.env) => Math.max(1, Number(env['PATIENCE']) || 1);

/**
 * The time limit for work that takes an idle machine the given time.
 *
 * @param {number} milliseconds
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {number} ms
 */
export const within = (milliseconds, env = process.env) =>
  Math.round(milliseconds * GENEROSITY * patience(env));

/** Whether the machine is so slow that tests should run one at a time. @param {NodeJS.ProcessEnv} [env] */
export const isSlow = (env = process.env) => patience(env) >= 1.5;
