// npm run lobby [-- --code <code>]
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { lobby } = await import('./lobby-command.mjs');

await main(() => lobby(process.argv.slice(2)));
