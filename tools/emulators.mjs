import {
  cpSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { addresses, emulatorConfig } from './emulator-config.mjs';
import { withFirestoreEmulator } from './firestore-emulator.mjs';
import { withJava } from './java.mjs';
import { freePorts } from './ports.mjs';
import { launch } from './processes.mjs';
import { Refusal, inProject, inState, installed } from './project.mjs';

/**
 * By default Java compiles hot code a second time, to optimize it. The emulator runs for minutes only: that compilation
 * takes half of its processor time and comes too late to pay off.
 */
const javaOptions = '-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1';

/** In ms. Starting usually takes ten seconds; this leaves room for a busy machine. */
const startLimit = 120_000;

/**
 * @typedef {object} Emulators
 * @property {import('./emulator-config.mjs').EmulatorPorts} ports
 * @property {string} log path of the emulators' output
 * @property {Promise<unknown>} exit resolves when they have ended, for any reason
 * @property {(site: string) => void} publish makes Hosting serve a copy of a folder, so that a later build does not
 *   change what a running test sees
 * @property {() => Promise<void>} end
 */

/**
 * Starts the emulators and resolves when they respond. Ports that are not given are chosen among the free ones.
 *
 * They write everything into a folder of their own, which also holds the site they serve. Until something is published,
 * the site is only `/emulators.json`.
 *
 * @param {object} options
 * @param {string} options.project a project id that begins with `demo-`
 * @param {string} [options.host]
 * @param {Partial<import('./emulator-config.mjs').EmulatorPorts>} [options.ports]
 * @returns {Promise<Emulators>}
 */
export async function startEmulators({ project, host = '127.0.0.1', ports: wanted = {} }) {
  const env = await withFirestoreEmulator(withJava());
  const [hosting, auth, firestore, hub, websocket, logging] =
    /** @type {[number, number, number, number, number, number]} */ (await freePorts(6));
  const ports = { hosting, auth, firestore, hub, websocket, logging, ...wanted };
  const folder = inState(`emulators-${ports.hosting}`);
  layOut(folder, host, ports);

  const log = join(folder, 'emulators.log');
  const out = openSync(log, 'w');
  const firebase = launch(
    process.execPath,
    [
      ...['--import', inProject('tools', 'faster-auth-emulator.mjs')],
      ...[installed('firebase-tools/lib/bin/firebase.js'), 'emulators:start', '--project', project],
    ],
    {
      cwd: folder,
      stdio: ['ignore', out, out],
      signal: 'SIGINT',
      grace: 10_000,
      env: {
        ...env,
        JAVA_TOOL_OPTIONS: `${javaOptions} ${env['JAVA_TOOL_OPTIONS'] ?? ''}`.trim(),
        // Otherwise it looks for news, stores a login, and records in the shared temporary folder which project runs
        // where.
        XDG_CONFIG_HOME: join(folder, 'config'),
        TMPDIR: join(folder, 'tmp'),
        NO_UPDATE_NOTIFIER: '1',
        NO_COLOR: '1',
      },
    },
  );
  const started = await ready(firebase, log);
  // The Java emulator is not in the process group of the process that started it.
  firebase.remember();
  if (started) {
    return {
      ports,
      log,
      exit: firebase.exit,
      publish: (site) => cpSync(site, join(folder, 'site'), { recursive: true }),
      end: () => firebase.end(),
    };
  }
  await firebase.end();
  throw new Refusal(
    `The emulators did not start. Their last output:\n${lastLines(log)}\nThe full log is ${log}`,
  );
}

/**
 * @param {string} folder
 * @param {string} host
 * @param {import('./emulator-config.mjs').EmulatorPorts} ports
 */
function layOut(folder, host, ports) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'config', 'configstore'), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  writeJson(join(folder, 'config', 'configstore', 'firebase-tools.json'), { motd: { fetched: Date.now() } });

  mkdirSync(join(folder, 'site'));
  writeJson(join(folder, 'site', 'emulators.json'), addresses(ports));

  const production = JSON.parse(readFileSync(inProject('firebase.json'), 'utf8'));
  writeJson(join(folder, 'firebase.json'), emulatorConfig(production, { host, ports, site: 'site' }));
  const { rules } = production.firestore;
  try {
    // A link, so that the emulator picks up changes to the rules.
    symlinkSync(inProject(rules), join(folder, rules));
  } catch {
    copyFileSync(inProject(rules), join(folder, rules));
  }
}

/** @param {import('./processes.mjs').Running} firebase @param {string} log @returns {Promise<boolean>} */
async function ready(firebase, log) {
  const ended = firebase.exit.then(() => true);
  const giveUp = Date.now() + startLimit;
  while (Date.now() < giveUp) {
    if (readFileSync(log, 'utf8').includes('All emulators ready')) return true;
    const pause = new Promise((resolve) => setTimeout(resolve, 100, false));
    if (await Promise.race([ended, pause])) return false;
  }
  return false;
}

/** @param {string} log */
const lastLines = (log) => readFileSync(log, 'utf8').trim().split('\n').slice(-12).join('\n');

/** @param {string} path @param {unknown} value */
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
