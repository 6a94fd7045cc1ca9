// npm run soak [-- recovery [minutes] | files [MiB] | groups [times [part of a race's name]]]
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { soak } = await import('./bench-command.mjs');

await main(() => soak(process.argv.slice(2)));
