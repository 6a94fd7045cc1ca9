// npm start, npm run dev
import { requireNode } from './node-version.mjs';

requireNode();
// Imported later, because an old Node would fail on their syntax.
const { main } = await import('./main.mjs');
const { start } = await import('./start-command.mjs');
await main(() => start(process.argv.slice(2)));
