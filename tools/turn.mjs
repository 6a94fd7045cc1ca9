import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { mint } from './ice-servers.mjs';
import { onPath } from './packages.mjs';
import { freePorts } from './ports.mjs';
import { launch } from './processes.mjs';
import { Refusal, inState } from './project.mjs';

/** Longer than a development server is left running, in ms. */
const TTL = 7 * 24 * 60 * 60_000;
/** In ms. Starting usually takes a tenth of a second. */
const START_LIMIT = 15_000;

/**
 * @typedef {object} TurnServer
 * @property {readonly string[]} urls
 * @property {(now: number) => import('./ice-servers.mjs').IceDocument} document the document to publish, with
 *   credentials valid from now on
 * @property {string} log path of its output
 * @property {Promise<unknown>} exit resolves when it has ended, for any reason
 * @property {() => Promise<void>} end
 */

/** Path of coturn's server. @param {NodeJS.ProcessEnv} [env] @returns {string} */
export function requireTurnServer(env = process.env) {
  const path = onPath('turnserver', env);
  if (path) return path;
  throw new Refusal(
    '--turn needs coturn, but its program "turnserver" was not found. Install it:\n' +
      '  apt-get install coturn      on Debian and Ubuntu,\n' +
      '  brew install coturn         on macOS, or\n' +
      'leave out --turn.',
  );
}

/**
 * Starts coturn for development and resolves when it accepts connections. It has no TLS and a new secret at each start,
 * and allows peers on this machine, which a server on the internet must refuse (deploy/coturn/turnserver.conf).
 *
 * @param {object} options
 * @param {string} options.program path of `turnserver`
 * @param {readonly string[]} [options.addresses] to listen on and to relay from
 * @param {string} [options.folder] folder for the files it writes; emptied first
 * @returns {Promise<TurnServer>}
 */
export async function startTurn({ program, addresses = ['127.0.0.1'], folder = inState('turn') }) {
  const [port = 0] = await freePorts(1);
  const secret = randomBytes(32).toString('hex');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'turnserver.log');
  const configuration = join(folder, 'turnserver.conf');
  writeFileSync(configuration, lines({ port, secret, addresses, folder }), { mode: 0o600 });

  const out = openSync(log, 'w');
  const server = launch(program, ['-c', configuration], { cwd: folder, stdio: ['ignore', out, out] });
  if (!(await answers(server, addresses[0] ?? '127.0.0.1', port))) {
    await server.end();
    const said = readFileSync(log, 'utf8').trim().split('\n').slice(-12).join('\n');
    throw new Refusal(`The TURN server did not start. Its last output:\n${said}\nThe full log is ${log}`);
  }
  const urls = addresses.flatMap((address) => [
    `turn:${bracketed(address)}:${port}?transport=udp`,
    `turn:${bracketed(address)}:${port}?transport=tcp`,
  ]);
  return {
    urls,
    document: (now) => mint({ secret, urls, ttl: TTL, now }),
    log,
    exit: server.exit,
    end: () => server.end(),
  };
}

/** @param {{ port: number, secret: string, addresses: readonly string[], folder: string }} options */
const lines = ({ port, secret, addresses, folder }) =>
  [
    ...addresses.flatMap((address) => [`listening-ip=${address}`, `relay-ip=${address}`]),
    `listening-port=${port}`,
    'no-tls',
    'no-dtls',
    'no-rfc5780',
    'no-tcp-relay',
    'no-multicast-peers',
    'allow-loopback-peers',
    'no-cli',
    'fingerprint',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'realm=parley',
    'log-file=stdout',
    `pidfile=${join(folder, 'turnserver.pid')}`,
    `userdb=${join(folder, 'turndb')}`,
    '',
  ].join('\n');

/** @param {string} address */
const bracketed = (address) => (address.includes(':') ? `[${address}]` : address);

/**
 * @param {import('./processes.mjs').Running} server
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
async function answers(server, host, port) {
  const ended = server.exit.then(() => true);
  const giveUp = Date.now() + START_LIMIT;
  while (Date.now() < giveUp) {
    if (await accepts(host, port)) return true;
    const pause = new Promise((resolve) => setTimeout(resolve, 50, false));
    if (await Promise.race([ended, pause])) return false;
  }
  return false;
}

/** @param {string} host @param {number} port @returns {Promise<boolean>} */
const accepts = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
