/**
 * `npm run bench -- people [up to how many]`: what it costs that people see each other online, counted on the emulator. See ../README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readResults, writeResults } from '../publish';
import { between } from '../report';
import { DAY, RENEWAL, designs, formula, lookEvery, type Design } from './formula';
import { plot } from './plot';
import { aims, computed, disagreements, inOrder, rowOf, tableOf, type PeopleRow } from './report';
import { simulate } from './simulation';

const SIZES = [2, 5, 10, 12, 13, 30, 100, 1_000];
/** Where a document for each person is allowed, which Parley's rules don't know. */
const NAIVE = 'demo-naive';
/** About so many operations are played for each row, then scaled to a day. */
const PLAYED = 10_000;
/** Beyond so many in one period a row is computed only. */
const TOO_MANY = 100_000;

const most = Number(process.argv[2] ?? Infinity);
if (!(most >= 2)) throw new Error(`${process.argv[2]} is no number of people.`);
const port = Number(process.env['FIRESTORE_PORT']);
if (!port) throw new Error('FIRESTORE_PORT is not set: start the bench by "npm run bench -- people".');

await allowNaive();
const rows: PeopleRow[] = [];
for (const people of SIZES.filter((size) => size <= most)) {
  for (const design of designs) rows.push(await row(design, people));
}
const ordered = inOrder(rows);
console.log(`\n${tableOf(ordered)}\n`);
for (const aim of aims(ordered)) console.log(aim);
const wrong = disagreements(ordered);
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exitCode = 1;
else if (most === Infinity) await publish(ordered);
// The SDK keeps the process alive for a while.
process.exit();

async function row(design: Design, people: number): Promise<PeopleRow> {
  // Whole periods, one at least, so that all have renewed equally often.
  const inPeriod = (formula(design, people).reads + formula(design, people).writes) / (DAY / RENEWAL.mean);
  if (inPeriod > TOO_MANY) return computed(design, people);
  const window = Math.max(1, Math.floor(PLAYED / inPeriod)) * RENEWAL.mean;
  const begun = Date.now();
  const place = { port, project: design === 'naive' ? NAIVE : 'demo-parley' };
  const simulated = await simulate(place, design, people, window);
  const { reads, writes } = simulated.during;
  const hours = (simulated.window / 3_600).toFixed(2);
  const looks = design === 'looked' ? `, a look each ${lookEvery(people).toFixed(0)} s` : '';
  console.log(
    `${design} ${people}: ${reads} reads and ${writes} writes in ${hours} h (played in ${((Date.now() - begun) / 1_000).toFixed(1)} s${looks})`,
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
  if (!answer.ok) throw new Error(`Rules that allow everything were refused: ${await answer.text()}`);
}

async function publish(people: readonly PeopleRow[]): Promise<void> {
  await writeResults({ ...readResults(), people });
  const docs = join(import.meta.dirname, '../../docs');
  const cost = join(docs, 'cost.md');
  writeFileSync(cost, between(readFileSync(cost, 'utf8'), 'bench people', tableOf(people)));
  writeFileSync(join(docs, 'pictures/presence-cost.svg'), plot(people));
}
