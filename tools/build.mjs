// npm run build
import { requireNode } from './node-version.mjs';

requireNode();
const { main } = await import('./main.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');
const { ensureBuild } = await import('./production-build.mjs');
const { endAllOnSignal } = await import('./processes.mjs');
const { say } = await import('./project.mjs');

await main(async () => {
  endAllOnSignal(130);
  await ensureDependencies();
  say((await ensureBuild()) ? 'Built into dist/.' : 'dist/ is up to date.');
});
