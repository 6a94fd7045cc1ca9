// npm run ice -- --turn <address> --secret-env <name>
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { ice } = await import('./ice-command.mjs');

await main(() => ice(process.argv.slice(2)));
