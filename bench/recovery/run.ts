/**
 * `npm run bench -- recovery [rounds] [part of a scenario's name]`: the time from the end of a failure until both sides
 * receive frames again. Uses two browsers in network namespaces, with the servers in a third. Needs root. See ../README.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { namespacesMissing } from '../../e2e/support/namespaces';
import { readResults, writeResults } from '../publish';
import { machine, median, recoveryTable, type RecoveryRow } from '../report';
import { Pair, type Ports } from './pair';
import { SCENARIOS, type Scenario } from './scenarios';

const ROUNDS = 5;
/** Pause between rounds, so that no round is affected by the previous one, in ms. */
const REST = 4_000;

const [, , roundsGiven = String(ROUNDS), wanted = ''] = process.argv;
const rounds = Number(roundsGiven);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`${roundsGiven} is not a number of rounds.`);
const missing = namespacesMissing();
if (missing) throw new Error(`Recovery can't be measured here: ${missing}.`);

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start the benchmark with "npm run bench".`);
  return value;
};
const chromium = setting('CHROMIUM_BIN');
const ports: Ports = {
  hosting: Number(new URL(setting('BASE_URL')).port),
  auth: Number(setting('AUTH_PORT')),
  firestore: Number(setting('FIRESTORE_PORT')),
};

interface Round {
  /** Of the slower side, in ms. */
  readonly time: number;
  readonly remark: string;
}

const order = SCENARIOS.map(({ name }) => name);
for (const scenario of SCENARIOS.filter(({ name }) => name.includes(wanted))) {
  const row = await measured(scenario);
  const before = readResults();
  const others = (before.recovery ?? []).filter((other) => other.scenario !== row.scenario);
  const recovery = [...others, row].sort((a, b) => order.indexOf(a.scenario) - order.indexOf(b.scenario));
  // After each scenario, so that its result is kept if a later one can't be measured.
  await writeResults({ ...before, recovery });
}
console.log(`\n${machine('')}\n\n${recoveryTable(readResults().recovery ?? [])}`);
process.exit(0);

async function measured(scenario: Scenario): Promise<RecoveryRow> {
  const runs: number[] = [];
  let pair: Pair | null = null;
  try {
    for (let round = 1; round <= rounds; round++) {
      pair ??= await Pair.start(chromium, ports, scenario.kind === 'path' ? 2 : 1);
      await sleep(REST);
      const { time, remark } = await one(scenario, pair);
      console.log(`${scenario.name} ${round}: ${time.toFixed(0)} ms  ${remark}`);
      runs.push(Math.round(time));
      if (scenario.kind === 'killed') {
        await pair.end();
        pair = null;
      }
    }
  } finally {
    await pair?.end();
  }
  return { scenario: scenario.name, aimMs: scenario.aim, medianMs: median(runs), runs };
}

async function one(scenario: Scenario, pair: Pair): Promise<Round> {
  const { network } = pair;
  const made = await pair.connections();
  const cut = Date.now();
  if (scenario.kind === 'killed') {
    await pair.killBen();
    const killed = Date.now();
    await pair.benGone();
    return { time: Date.now() - killed, remark: '' };
  }
  if (scenario.kind === 'path') {
    const path = await pair.pathInUse();
    network.cut('peers', path);
    // Frames that were in flight when the path died don't count.
    const [one, other] = await framesOf(pair, cut + 500);
    await sleep(REST);
    network.mend(path);
    return { time: Math.max(one, other) + 500, remark: `path ${path}` };
  }
  network.cut(scenario.cut);
  await sleep(scenario.seconds * 1_000);
  const told = await pair.toldAfter(cut);
  network.mend();
  const mended = Date.now();
  const [one, other] = await framesOf(pair, mended);
  const now = await pair.connections();
  const kept = now.every((count, index) => count === made[index]);
  if (scenario.keepsConnection && !kept) throw new Error('A connection was torn down.');
  const says = told.map((time) => (time === null ? 'not' : `${time} ms`)).join(', ');
  return {
    time: Math.max(one, other),
    remark: `${one}, ${other}; told after ${says}${kept ? '' : '; new connection'}`,
  };
}

async function framesOf(pair: Pair, moment: number): Promise<readonly [number, number]> {
  const [one = NaN, other = NaN] = await pair.framesAfter(moment);
  return [one, other];
}
