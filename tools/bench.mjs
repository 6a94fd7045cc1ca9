// npm run bench [-- <arguments of bench/run.ts>]
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { bench } = await import('./bench-command.mjs');

await main(() => bench(process.argv.slice(2)));
