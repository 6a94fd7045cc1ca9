import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';

import { ensureDependencies } from './dependencies.mjs';
import { startEmulators } from './emulators.mjs';
import { withJava } from './java.mjs';
import { publish } from './ice-publish.mjs';
import { demoCode } from './lobby-code.mjs';
import { publishLobby } from './lobby-publish.mjs';
import { freePorts, requireFree } from './ports.mjs';
import { dist, ensureBuild } from './production-build.mjs';
import { endAllOnSignal, launch } from './processes.mjs';
import { Refusal, inState, installed, root, say } from './project.mjs';
import { requireTurnServer, startTurn } from './turn.mjs';

const usage = `Usage: npm start -- [options]
  --port <n>            port of the page (5000)
  --host <address>      address to listen on (127.0.0.1; 0.0.0.0 for all)
  --auth-port <n>       port of the Auth emulator (9099)
  --firestore-port <n>  port of the Firestore emulator (8080)
  --hub-port <n>, --logging-port <n>, --websocket-port <n>
                        ports the emulators use among themselves (free ports)
  --project <id>        project id; it must begin with demo- (demo-parley)
  --turn                also start coturn, which must be installed, and publish it as the relay
  --dev                 rebuild and reload on every change, like "npm run dev"`;

/** Ports the emulators use among themselves. */
const innerPorts = /** @type {const} */ (['hub', 'logging', 'websocket']);

/**
 * @typedef {(typeof innerPorts)[number]} InnerPort
 * @typedef {object} StartOptions
 * @property {string} host
 * @property {string} project
 * @property {boolean} dev
 * @property {boolean} turn
 * @property {{ page: number, auth: number, firestore: number } & Partial<Record<InnerPort, number>>} ports
 */

/** @param {string[]} args @returns {StartOptions | 'help'} */
export function parseStart(args) {
  const values = parse(args);
  if (values.help) return 'help';
  const { host, project, dev, turn } = values;
  if (!project.startsWith('demo-')) {
    throw new Refusal(
      `--project ${project}: the emulators accept only project ids that begin with "demo-". To use a real project, run npm run deploy.`,
    );
  }
  const inner = innerPorts.flatMap((name) => {
    const text = values[/** @type {const} */ (`${name}-port`)];
    return text === undefined ? [] : [[name, port(`${name}-port`, text)]];
  });
  const page = port('port', values.port);
  if (page === 5001) throw new Refusal('--port 5001: firebase-tools reserves this port. Choose another.');
  return {
    host,
    project,
    dev,
    turn,
    ports: {
      page,
      auth: port('auth-port', values['auth-port']),
      firestore: port('firestore-port', values['firestore-port']),
      ...Object.fromEntries(inner),
    },
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '5000' },
        host: { type: 'string', default: '127.0.0.1' },
        'auth-port': { type: 'string', default: '9099' },
        'firestore-port': { type: 'string', default: '8080' },
        'hub-port': { type: 'string' },
        'logging-port': { type: 'string' },
        'websocket-port': { type: 'string' },
        project: { type: 'string', default: 'demo-parley' },
        dev: { type: 'boolean', default: false },
        turn: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** @param {string} name @param {string} text */
function port(name, text) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw new Refusal(`--${name} ${text}: a port is a number from 1 to 65535.`);
}

/** @param {string[]} args */
export async function start(args) {
  const options = parseStart(args);
  if (options === 'help') return say(usage);
  const { host, ports, project, dev, turn } = options;
  const relay = turn ? requireTurnServer() : undefined;
  endAllOnSignal(0);

  withJava();
  await requireFree('the page', ports.page, host, '--port');
  await requireFree('the Auth emulator', ports.auth, host, '--auth-port');
  await requireFree('the Firestore emulator', ports.firestore, host, '--firestore-port');
  for (const name of innerPorts) {
    const number = ports[name];
    if (number !== undefined) await requireFree(`the emulators' ${name}`, number, host, `--${name}-port`);
  }

  await ensureDependencies();
  if (!dev) await ensureBuild();

  say('Starting the Auth, Firestore and Hosting emulators …');
  const { page, ...given } = ports;
  const [spare = 0] = await freePorts(1);
  const emulators = await startEmulators({
    project,
    host,
    ports: { ...given, hosting: dev ? spare : page },
  });
  if (!dev) emulators.publish(dist);
  const target = { host: `${reachable(host)}:${emulators.ports.firestore}`, project };
  // So that two people can see each other on the start page.
  await publishLobby({ ...target, code: demoCode(project), now: Date.now() });
  const turnServer = relay ? await relayFor(relay, options, target) : undefined;
  const server = dev ? serve(host, page, emulators.ports.hosting) : undefined;
  if (!server) announce(host, page);
  const which = await Promise.race([
    emulators.exit.then(() => 'emulators'),
    ...(server ? [server.exit.then(() => 'server')] : []),
    ...(turnServer ? [turnServer.exit.then(() => 'turn')] : []),
  ]);
  if (turnServer && which === 'turn') throw new Refusal(`The TURN server stopped. See ${turnServer.log}`);
  throw new Refusal(
    server
      ? 'The development server or the emulators stopped.'
      : `The emulators stopped. See ${emulators.log}`,
  );
}

/**
 * @param {string} program path of coturn's server
 * @param {StartOptions} options
 * @param {import('./firestore-admin.mjs').Target} target where to publish the relay
 */
async function relayFor(program, { host, ports }, target) {
  const wanted = isEverywhere(host) ? lanAddresses() : [host].filter((address) => isIP(address) !== 0);
  const addresses = wanted.length > 0 ? wanted : ['127.0.0.1'];
  const turn = await startTurn({ program, addresses, folder: inState(`turn-${ports.page}`) });
  await publish({ ...target, document: turn.document(Date.now()) });
  say(`TURN server started and published: ${turn.urls.join(', ')}`);
  return turn;
}

/** @param {string} host address to listen on */
const isEverywhere = (host) => host === '0.0.0.0' || host === '::';

/**
 * The address, as part of a URL, at which a server that listens on a host is reached from this machine.
 *
 * @param {string} host
 */
const reachable = (host) => (isEverywhere(host) ? '127.0.0.1' : isIP(host) === 6 ? `[${host}]` : host);

/** @param {string} host @param {number} page */
function announce(host, page) {
  say('');
  say(`  http://localhost:${page}`);
  // Browsers keep storage per address, so opening this one makes you a different person.
  const second = host === '127.0.0.1' || isEverywhere(host);
  if (second)
    say(`  http://127.0.0.1:${page} (for a second person: all windows of one address are the same person)`);
  if (host === '0.0.0.0') {
    for (const address of lanAddresses()) {
      say(`  http://${address}:${page} (browsers allow camera and microphone only on https and localhost)`);
    }
  }
  say('');
  say(
    second
      ? 'Ready. Open both and call, by link or from the list of people. Press Ctrl-C to stop.'
      : 'Ready. Open it in two windows and call by link. Press Ctrl-C to stop.',
  );
}

const lanAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

/**
 * The development server. Two files that only Hosting has are proxied.
 *
 * @param {string} host
 * @param {number} page
 * @param {number} hosting port of the Hosting emulator
 */
function serve(host, page, hosting) {
  const target = `http://127.0.0.1:${hosting}`;
  const proxy = inState(`proxy-${page}.json`);
  writeFileSync(proxy, JSON.stringify({ '/__/': { target }, '/emulators.json': { target } }));
  return launch(
    process.execPath,
    [
      installed('@angular/cli/bin/ng.js'),
      'serve',
      ...[
        '--port',
        String(page),
        '--host',
        host === '127.0.0.1' ? 'localhost' : host,
        '--proxy-config',
        proxy,
      ],
    ],
    { cwd: root, env: { ...process.env, NG_CLI_ANALYTICS: 'false' } },
  );
}
