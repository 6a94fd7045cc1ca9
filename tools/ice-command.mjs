import { publish, withdraw } from './ice-publish.mjs';
import { masked, mint, parseIceUrl, parseTtl } from './ice-servers.mjs';
import { Refusal, defaultProject, say } from './project.mjs';
import { described, placeFor, publishingOptions, readOptions, targetAt } from './publishing.mjs';

const usage = `Usage: npm run ice -- [options]
  Publishes the STUN and TURN servers that calls use, with credentials that expire.
  --turn <address>        TURN server: turns:host:443, turn:host:3478 or turn:host:3478?transport=tcp; repeat it for
                          more servers with the same secret. Put IPv6 addresses in brackets: turn:[2001:db8::1]
  --stun <address>        STUN server: stun:host:3478; repeat it for more servers
  --secret-env <name>     environment variable that holds coturn's static-auth-secret
  --ttl <time>            lifetime of the credentials, from 10m to 7d (24h)
  --project <id>          Firebase project (that of "npx firebase use" or of the service account)
  --emulator <host:port>  publish to this Firestore emulator (FIRESTORE_EMULATOR_HOST)
  --dry-run               only print what would be published, without passwords
  --clear                 delete what was published: clients use the servers of their build again`;

const known = /** @type {const} */ ({
  ...publishingOptions,
  turn: { type: 'string', multiple: true },
  stun: { type: 'string', multiple: true },
  'secret-env': { type: 'string' },
  ttl: { type: 'string', default: '24h' },
});

/** In ms. The smallest clock difference that matters to credentials that last ten minutes or more. */
const SKEW = 60_000;

/**
 * @typedef {object} IceOptions
 * @property {string[]} urls
 * @property {string} [secret]
 * @property {number} ttl ms
 * @property {string} [host] of the emulator
 * @property {string} project
 * @property {boolean} dryRun
 * @property {boolean} clear
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [noted] the project chosen by `npx firebase use --add`
 * @returns {IceOptions | 'help'}
 */
export function parseIce(args, env, noted) {
  const values = readOptions(args, known, usage);
  if (values.help) return 'help';
  const { turn = [], stun = [], clear, 'dry-run': dryRun } = values;
  const urls = [
    ...stun.map((text) => parseIceUrl('stun', text)),
    ...turn.map((text) => parseIceUrl('turn', text)),
  ];
  if (clear && urls.length > 0)
    throw new Refusal('--clear deletes all servers. Leave out --turn and --stun.');
  if (!clear && urls.length === 0) {
    throw new Refusal(`No servers given. Name at least one with --turn or --stun.\n${usage}`);
  }
  const ttl = parseTtl(values.ttl);
  const secret = turn.length > 0 ? secretIn(values['secret-env'], env) : undefined;
  return {
    ...placeFor(values, env, noted, 'npm run ice'),
    urls: [...new Set(urls)],
    ttl,
    dryRun,
    clear,
    ...(secret === undefined ? {} : { secret }),
  };
}

/**
 * The secret. No message ever contains it, nor a name that might be the secret itself.
 *
 * @param {string | undefined} name
 * @param {NodeJS.ProcessEnv} env
 */
function secretIn(name, env) {
  if (name === undefined) {
    throw new Refusal(
      "--turn needs --secret-env <name>: the environment variable that holds coturn's static-auth-secret, for example\n" +
        '  export TURN_SECRET="$(cat turn-secret)"\n' +
        '  npm run ice -- --turn turns:turn.example.org:443 --secret-env TURN_SECRET',
    );
  }
  const value = env[name];
  if (value === undefined) {
    const which = /^[A-Z][A-Z0-9_]{0,39}$/.test(name) ? `${name} is not set` : 'with that name is not set';
    throw new Refusal(
      `--secret-env: an environment variable ${which}. Pass the name of a variable, not the secret itself:\n` +
        '  export TURN_SECRET="$(cat turn-secret)"',
    );
  }
  const secret = value.trim();
  if (secret === '') throw new Refusal(`--secret-env ${name}: that variable is empty.`);
  if (secret.length < 16) {
    throw new Refusal(
      `--secret-env ${name}: the secret has fewer than 16 characters. Every member of a call gets a password derived from it and\n` +
        'could guess a short secret from that. Create one with: openssl rand -hex 32',
    );
  }
  return secret;
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {(line: string) => void} [print]
 */
export async function ice(args, env = process.env, print = say) {
  const options = parseIce(args, env, defaultProject());
  if (options === 'help') return print(usage);
  const { dryRun, clear } = options;
  const where = described('config/ice', options);

  if (clear) {
    if (dryRun) return print(`Would delete ${where}.`);
    await withdraw(await targetAt(options, env));
    return print(`Deleted ${where}. Clients use the servers of their build.`);
  }

  const document = mint({ ...options, now: Date.now() });
  if (dryRun) return print(`Would publish as ${where}:\n${JSON.stringify(masked(document), null, 2)}`);
  const committed = await publish({ ...(await targetAt(options, env)), document });
  print(`Published ${servers(options.urls.length)} in ${where}${until(document)}.`);
  const skew = Date.now() - committed.getTime();
  if (Math.abs(skew) >= SKEW) print(skewed(skew));
}

const servers = (/** @type {number} */ count) => `${count} address${count === 1 ? '' : 'es'}`;

/** @param {import('./ice-servers.mjs').IceDocument} document */
const until = ({ validUntil }) => (validUntil ? `, valid until ${validUntil.toISOString()}` : '');

/** @param {number} skew how far the clock here is ahead of Firestore's, in ms */
function skewed(skew) {
  const seconds = Math.round(Math.abs(skew) / 1_000);
  const [where, when] = skew > 0 ? ['ahead of', 'later'] : ['behind', 'earlier'];
  return `The clock of this machine is ${seconds} s ${where} Firestore's, so the credentials expire that much ${when} than intended. Correct the clock.`;
}
