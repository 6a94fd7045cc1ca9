/**
 * `npm run soak [-- recovery [minutes]]`: a call between two browsers in network namespaces that breaks every 20 s and must
 * heal each time, with one connection at the end and a flat heap. Needs root. See ../README.md.
 */
import { Apart } from '../../e2e/support/apart';
import { namespacesMissing } from '../../e2e/support/namespaces';
import { PER_BREAK, soak } from '../../e2e/support/soak';

const MINUTES = 10;

const minutes = Number(process.argv[2] ?? MINUTES);
if (!(minutes > 0)) throw new Error(`${process.argv[2]} is no number of minutes.`);
const missing = namespacesMissing();
if (missing) throw new Error(`Breaks can't be made here: ${missing}.`);

let failures = 0;
const apart = await Apart.start((page) => {
  page.on('pageerror', (error) => {
    failures++;
    console.log(error.stack ?? error);
  });
});
try {
  const { breaks, people } = await soak(apart, minutes * 60_000, (line) => console.log(line));
  for (const { name, connections, early, late } of people) {
    const growth = (late.objects - early.objects) / breaks;
    const ok = connections.open === 1 && growth <= PER_BREAK;
    if (!ok) failures++;
    console.log(
      `${name}: ${breaks} breaks, ${connections.made} connections made, ${connections.open} open; ` +
        `objects ${early.objects} bytes, then ${late.objects}: ${growth.toFixed(0)} a break; ` +
        `heap ${early.heap}, then ${late.heap}${ok ? '' : ' – not as it should be'}`,
    );
  }
} finally {
  await apart.end();
}
process.exit(failures > 0 ? 1 : 0);
