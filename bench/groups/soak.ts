/**
 * `npm run soak -- groups [times [part of a race's name]]`: calls of four, or of three on two processor cores, each person
 * with a browser of their own, in which two things happen at the same moment, again and again. Each must end with everyone
 * seeing and hearing everyone. See ../README.md.
 */
import { availableParallelism } from 'node:os';

import { Browsers, type Name } from '../../e2e/support/browsers';
import { keepConnections } from '../../e2e/support/flow';
import { areFullMesh, races, type Group } from '../../e2e/support/group';
import { noting, personIn } from '../../e2e/support/profile';
import warmUp from '../../e2e/support/warm-up';
import { measurePatience } from '../../tools/patience.mjs';

const TIMES = 20;
const names = (['Ada', 'Ben', 'Cleo', 'Dan'] as const satisfies readonly Name[]).slice(
  0,
  availableParallelism() > 2 ? 4 : 3,
);

const [, , timesGiven = String(TIMES), wanted = ''] = process.argv;
const times = Number(timesGiven);
if (!Number.isInteger(times) || times < 1) throw new Error(`${timesGiven} is not a number of times.`);
const chosen = races.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) throw new Error(`No race has "${wanted}" in its name.`);

process.env['PATIENCE'] ??= String(await measurePatience());
await warmUp();
const mishaps: string[] = [];
const failures = new Map<string, number>();
const browsers = new Browsers();
try {
  let people = await meet();
  for (let time = 1; time <= times; time++) {
    for (const { name, run } of chosen) {
      const begun = Date.now();
      try {
        await run(people);
        await areFullMesh(...people);
        if (mishaps.length > 0) throw new Error(mishaps.splice(0).join('\n'));
        console.log(`${time}. ${name}: whole again after ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
      } catch (error) {
        failures.set(name, (failures.get(name) ?? 0) + 1);
        console.log(`${time}. ${name}: FAILED\n${String(error)}`);
        // The next race begins with a call that is whole.
        await part(people);
        people = await meet();
      }
    }
  }
  await part(people);
} finally {
  await browsers.close();
}
for (const { name } of chosen) console.log(`${name}: ${times - (failures.get(name) ?? 0)} of ${times}`);
process.exit(failures.size > 0 ? 1 : 0);

async function meet(): Promise<Group> {
  const [host, member, ...others] = await Promise.all(
    names.map((name) => personIn(browsers, name, noting(mishaps), { before: keepConnections })),
  );
  const people: Group = [host!, member!, ...others];
  await host!.startCall();
  for (const other of people.slice(1)) await other.join(host!.link);
  await areFullMesh(...people);
  return people;
}

async function part(people: Group): Promise<void> {
  await Promise.all(people.map(({ context }) => context.close()));
  mishaps.length = 0;
}
