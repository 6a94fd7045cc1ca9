// npm start, npm run dev
import { requireNode } from './node-version.mjs';

requireNode();
// Later, because an old Node would stumble over what they import.
const { main } = await import('./main.mjs');
const { start } = await import('./start-command.mjs');
await main(() => start(process.argv.slice(2)));
