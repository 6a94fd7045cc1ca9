// npm run deploy [-- <arguments of firebase deploy>]
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { deploy } = await import('./deploy-command.mjs');

await main(() => deploy(process.argv.slice(2)));
