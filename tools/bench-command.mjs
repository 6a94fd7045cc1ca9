import { withBrowsers } from './browsers.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { startEmulators } from './emulators.mjs';
import { dist, ensureBuild } from './production-build.mjs';
import { endAllOnSignal, run } from './processes.mjs';
import { root, say } from './project.mjs';

/**
 * Runs the measurements against a production build on emulators of their own.
 *
 * @param {string[]} args passed on to bench/run.ts, or after `recovery` to bench/recovery/run.ts
 */
export async function bench(args) {
  endAllOnSignal(130);
  await ensureDependencies();
  const env = await withBrowsers(['chromium']);
  await ensureBuild();
  say('Starting emulators …');
  const { ports, publish } = await startEmulators({ project: 'demo-parley' });
  publish(dist);
  const program =
    args[0] === 'recovery' ? ['bench/recovery/run.ts', ...args.slice(1)] : ['bench/run.ts', ...args];
  const { code } = await run(process.execPath, ['--import', 'tsx', ...program], {
    cwd: root,
    env: {
      ...env,
      BASE_URL: `http://localhost:${ports.hosting}`,
      AUTH_PORT: String(ports.auth),
      FIRESTORE_PORT: String(ports.firestore),
    },
  });
  return code ?? 1;
}
