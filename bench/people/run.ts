/**
 * `npm run bench -- people [number of people …] [design …]`: the cost of seeing each other online, counted on the
 * emulator. See ../README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readResults, writeResults } from '../publish';
import { between } from '../report';
import { DAY, LISTENED, RENEWAL, designs, formula, lookEvery, type Design } from './formula';
import { plot } from './plot';
import { aims, computed, disagreements, inOrder, rowOf, tableOf, type PeopleRow } from './report';
import { simulate } from './simulation';

const SIZES = [2, 5, 10, 12, 13, 30, 100, 200, 1_000];
/** Project that allows a document for each person, which Parley's rules don't. */
const NAIVE = 'demo-naive';
/** Approximate number of requests played for each row while everyone is there; they are then scaled to a day. */
const PLAYED = 160;
/**
 * With more reads than this in one period, a row is only computed: the emulator is slow with many listeners to many documents.
 */
const TOO_MANY: Readonly<Record<Design, number>> = { naive: 5_000, listened: 20_000, looked: 20_000 };

const given = process.argv.slice(2);
const sizes = SIZES.filter((size) => given.includes(String(size)));
const chosen = designs.filter((design) => given.includes(design));
if (sizes.length + chosen.length < given.length) {
  throw new Error(
    `${given.join(' ')}: choose from ${SIZES.join(', ')} people and from ${designs.join(', ')}.`,
  );
}
const port = Number(process.env['FIRESTORE_PORT']);
if (!port) throw new Error('FIRESTORE_PORT is not set. Start the benchmark with "npm run bench -- people".');

await allowNaive();
let wrong = 0;
for (const people of sizes.length > 0 ? sizes : SIZES) {
  for (const design of chosen.length > 0 ? chosen : designs) {
    const measured = await row(design, people);
    const differences = disagreements(measured);
    for (const line of differences) console.error(line);
    wrong += differences.length;
    // Published at once, because larger rows take minutes.
    if (differences.length === 0) await publish(measured);
  }
}
const all = readResults().people ?? [];
console.log(`\n${tableOf(all)}\n`);
for (const aim of aims(all)) console.log(aim);
// Otherwise the SDK keeps the process alive for a while.
process.exit(wrong === 0 ? 0 : 1);

async function row(design: Design, people: number): Promise<PeopleRow> {
  if (formula(design, people).reads / (DAY / RENEWAL.mean) > TOO_MANY[design])
    return computed(design, people);
  const looks = design === 'looked' && people > LISTENED ? (people * RENEWAL.mean) / lookEvery(people) : 0;
  // Whole periods, so that everyone renews equally often.
  const window = Math.max(people < 100 ? 2 : 1, Math.floor(PLAYED / (people + looks))) * RENEWAL.mean;
  const begun = Date.now();
  const place = { port, project: design === 'naive' ? NAIVE : 'demo-parley' };
  const simulated = await simulate(place, design, people, window);
  const { reads, writes } = simulated.during;
  const hours = (simulated.window / 3_600).toFixed(2);
  console.log(
    `${design} ${people}: ${reads} reads and ${writes} writes in ${hours} h (played in ${((Date.now() - begun) / 1_000).toFixed(0)} s)`,
  );
  return rowOf(simulated);
}

async function allowNaive(): Promise<void> {
  const content = `rules_version = '2';
service cloud.firestore { match /databases/{database}/documents { match /{path=**} { allow read, write; } } }`;
  const answer = await fetch(`http://127.0.0.1:${port}/emulator/v1/projects/${NAIVE}:securityRules`, {
    method: 'PUT',
    body: JSON.stringify({ rules: { files: [{ name: 'naive.rules', content }] } }),
  });
  if (!answer.ok) throw new Error(`The emulator refused rules that allow everything: ${await answer.text()}`);
}

/** Replaces the previous row with this design and number of people. */
async function publish(fresh: PeopleRow): Promise<void> {
  const others = (readResults().people ?? []).filter(
    ({ design, people }) => design !== fresh.design || people !== fresh.people,
  );
  const people = inOrder([...others, fresh]);
  await writeResults({ ...readResults(), people });
  const docs = join(import.meta.dirname, '../../docs');
  const cost = join(docs, 'cost.md');
  writeFileSync(cost, between(readFileSync(cost, 'utf8'), 'bench people', tableOf(people)));
  writeFileSync(join(docs, 'pictures/presence-cost.svg'), plot(people));
}
