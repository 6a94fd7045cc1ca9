/**
 * `npm run bench -- groups [largest [rounds]]`: what it costs to join calls of two to eight, and to be in them; and a call
 * of two compared with a bare pair of connections. See ../README.md.
 */
import { pageFiles } from '../page-files';
import { readResults, writeResults } from '../publish';
import { machine, median } from '../report';
import { site } from '../site';
import { warmUp } from '../warm-up';
import { launch, setting } from './browser';
import { measureLoad, measureSharing } from './load';
import { LARGEST, Members, type Operations } from './members';
import { measurePair } from './pair';
import { aimsOf, tablesOf, type GroupRow, type LoadRun, type PairRun, type SharingRun } from './report';

const ROUNDS = 7;
/** Calls of each size whose load is measured, pairs, and comparisons of encoders. */
const LOADS = 2;
const PAIRS = 3;
const COMPARISONS = 3;
/** With less of the machine idle, the members get less time than they need. */
const LEAST_IDLE = 0.05;

type Join = Awaited<ReturnType<Members['join']>>;

const medianTime = (joins: readonly Join[]): number => median(joins.map(({ time }) => time));

const [, , largestGiven = String(LARGEST), roundsGiven = String(ROUNDS)] = process.argv;
const [largest, rounds] = [Number(largestGiven), Number(roundsGiven)];
if (!Number.isInteger(largest) || largest < 2 || largest > LARGEST)
  throw new Error(`${largestGiven} is not a number of members from 2 to ${LARGEST}.`);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`${roundsGiven} is not a number of rounds.`);

const emulators = {
  hosting: new URL(setting('BASE_URL')),
  auth: Number(setting('AUTH_PORT')),
  firestore: Number(setting('FIRESTORE_PORT')),
};
await warmUp(emulators, 'demo-parley');
const served = await site(emulators, emulators.firestore, await pageFiles());
const sizes = Array.from({ length: largest - 1 }, (_, index) => index + 2);
try {
  const { joins, operations, version } = await measureJoins();
  const loads = await measureLoads();
  const pairs = await repeated('a call of 2', (round) => measurePair(served.url, round), describePair, PAIRS);
  const sharing = await measureEncoders();
  const groups = {
    machine: machine(`Chromium ${version}`),
    rows: sizes.map((members): GroupRow => ({
      members,
      joins: joins.get(members)!.map(({ time }) => Math.round(time)),
      timesSecond: medianTime(joins.get(members)!) / medianTime(joins.get(2)!),
      idle: median(joins.get(members)!.map(({ idle }) => idle)),
      operations: operations.get(members)!,
      loads: loads.get(members) ?? [],
    })),
    pairs,
    sharing,
  };
  console.log(`\n${tablesOf(groups)}\n`);
  for (const aim of aimsOf(groups)) console.log(aim);
  await writeResults({ ...readResults(), groups });
} finally {
  served.close();
}
process.exit(0);

/**
 * Calls that grow from one member to the largest size, all in one browser, with still pictures and muted microphones: with
 * moving ones and sound, the later joins would be those of an overloaded machine. The first call warms up, and its operations are counted: that
 * opens a panel in every page between the joins.
 */
async function measureJoins() {
  const browser = await launch('still');
  const joins = new Map<number, Join[]>(sizes.map((size) => [size, []]));
  const operations = new Map<number, Operations>();
  try {
    for (let round = 0; round <= rounds; round++) {
      const members = new Members(served.url);
      const line: string[] = [];
      await members.start(browser);
      for (const size of sizes) {
        const join = await members.join(browser);
        await members.settled();
        line.push(`${size}: ${join.time.toFixed(0)} ms (idle ${(100 * join.idle).toFixed(0)} %)`);
        if (round > 0) joins.get(size)!.push(join);
        else operations.set(size, await members.operations());
      }
      await members.end();
      console.log(`${round === 0 ? 'warm-up' : `joins ${round}`}: ${line.join(', ')}`);
    }
    return { joins, operations, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** The load in calls of each size, up to the first that leaves the machine no time: larger ones would measure the machine. */
async function measureLoads(): Promise<ReadonlyMap<number, readonly LoadRun[]>> {
  const loads = new Map<number, readonly LoadRun[]>();
  for (const size of sizes) {
    const runs = await repeated(
      `a call of ${size}`,
      () => measureLoad(served.url, size),
      describeLoad,
      LOADS,
    );
    loads.set(size, runs);
    if (median(runs.map(({ idle }) => idle)) < LEAST_IDLE) break;
  }
  return loads;
}

/** One encoder for all peers and one for each, in turn. */
async function measureEncoders(): Promise<Readonly<Record<'one' | 'many', readonly SharingRun[]>>> {
  const runs: Record<'one' | 'many', SharingRun[]> = { one: [], many: [] };
  for (let round = 1; round <= COMPARISONS; round++) {
    for (const encoders of ['many', 'one'] as const) {
      const run = await measureSharing(served.url, encoders);
      runs[encoders].push(run);
      console.log(`${encoders} encoder(s), ${round}: ${describeLoad(run)}`);
    }
  }
  return runs;
}

async function repeated<T>(
  what: string,
  measure: (round: number) => Promise<T>,
  describe: (run: T) => string,
  rounds: number,
): Promise<readonly T[]> {
  const runs: T[] = [];
  for (let round = 1; round <= rounds; round++) {
    const run = await measure(round);
    runs.push(run);
    console.log(`${what}, ${round}: ${describe(run)}`);
  }
  return runs;
}

function describeLoad({ cores, idle, up, frames, size }: SharingRun): string {
  return `${cores.toFixed(2)} cores, ${up.toFixed(0)} kbit/s up, ${frames.toFixed(0)} frames/s of ${size}; idle ${(100 * idle).toFixed(0)} %`;
}

function describePair({ parley, bare }: PairRun): string {
  const one = ({ cores, frames, size }: PairRun['bare']) =>
    `${cores.toFixed(2)} cores, ${frames.toFixed(1)} frames/s of ${size}`;
  return `Parley ${one(parley)}; bare ${one(bare)}; ${(parley.cores / bare.cores).toFixed(2)} ×`;
}
