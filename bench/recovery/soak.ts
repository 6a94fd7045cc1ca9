/**
 * `npm run soak [-- recovery [minutes]]`: a call between two browsers in network namespaces that breaks every 20 s. It
 * must heal each time, and end with one connection and a flat heap. Needs root. See ../README.md.
 */
import { Apart } from '../../e2e/support/apart';
import { namespacesMissing } from '../../e2e/support/namespaces';
import { complaints, soak } from '../../e2e/support/soak';
import warmUp from '../../e2e/support/warm-up';

const MINUTES = 10;

const minutes = Number(process.argv[2] ?? MINUTES);
if (!(minutes > 0)) throw new Error(`${process.argv[2]} is not a number of minutes.`);
const missing = namespacesMissing();
if (missing) throw new Error(`The soak test can't run here: ${missing}.`);

await warmUp();
let failures = 0;
const apart = await Apart.start((page) => {
  page.on('pageerror', (error) => {
    failures++;
    console.log(error.stack ?? error);
  });
});
try {
  const soaked = await soak(apart, minutes * 60_000, (line) => console.log(line));
  const { breaks, people } = soaked;
  for (const { name, connections, early, late } of people) {
    console.log(
      `${name}: ${breaks} breaks, ${connections.made} connections made, ${connections.open} open; ` +
        `objects ${early.objects} bytes, then ${late.objects}; heap ${early.heap}, then ${late.heap}`,
    );
  }
  for (const complaint of complaints(soaked)) {
    failures++;
    console.log(complaint);
  }
} finally {
  await apart.end();
}
process.exit(failures > 0 ? 1 : 0);
