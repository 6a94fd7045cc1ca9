// npm test [-- <suites>]
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { test } = await import('./test-command.mjs');

await main(() => test(process.argv.slice(2)));
