import { existsSync } from 'node:fs';

import { withBrowsers } from './browsers.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { startEmulators } from './emulators.mjs';
import { dist, ensureBuild } from './production-build.mjs';
import { endAllOnSignal, run } from './processes.mjs';
import { Refusal, inProject, root, say } from './project.mjs';

/** Programs that use only the emulators: they need no site and no browser. */
const withoutSite = ['bench/people/run.ts'];

/**
 * Runs benchmarks against a production build on emulators of their own: those of one part if its name comes first,
 * otherwise those of joining a call.
 *
 * @param {string[]} args an optional part, then arguments that are passed on
 */
export function bench([part = '', ...args]) {
  const own = `bench/${part}/run.ts`;
  return part !== '' && existsSync(inProject(own))
    ? measure(own, args)
    : measure('bench/run.ts', [part, ...args].filter(Boolean));
}

/**
 * Runs a soak test: it takes long, and Parley must work as well at its end as at its beginning.
 *
 * @param {string[]} args the part, then arguments that are passed on
 */
export function soak([part = 'recovery', ...args]) {
  const program = `bench/${part}/soak.ts`;
  if (!existsSync(inProject(program)))
    throw new Refusal(`There is no soak test "${part}". Choose recovery, files or groups.`);
  return measure(program, args);
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function measure(program, args) {
  endAllOnSignal(130);
  await ensureDependencies();
  const site = !withoutSite.includes(program);
  const env = await withBrowsers(site ? ['chromium', 'shell'] : []);
  if (site) await ensureBuild();
  say('Starting emulators …');
  const { ports, publish } = await startEmulators({ project: 'demo-parley' });
  if (site) publish(dist);
  const { code } = await run(process.execPath, ['--import', 'tsx', program, ...args], {
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
