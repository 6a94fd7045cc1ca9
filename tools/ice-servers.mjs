import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

import { Refusal } from './project.mjs';

/**
 * @typedef {{ urls: string[], username?: string, credential?: string }} IceServer WebRTC, section 4.2.4
 * @typedef {object} IceDocument `config/ice` of docs/protocol.md without `updatedAt`, which is the time of the commit
 * @property {string} servers JSON text of an array of `IceServer`
 * @property {Date | null} validUntil when the credentials expire; null without credentials
 */

/** Maximum size of `servers` in the protocol, in bytes. */
const SERVERS_LIMIT = 16_384;

/** In ms. A call that begins now must be connected before the next run of cron. */
const SHORTEST = 10 * 60_000;
/** In ms. A person who has read the credentials can use the relay for this long. */
const LONGEST = 7 * 24 * 60 * 60_000;

/**
 * Mints credentials that coturn with `use-auth-secret` accepts until they expire, and the document that publishes them.
 * The user name is the expiry time, the password its HMAC (draft-uberti-behave-turn-rest-00, section 2.2).
 *
 * @param {object} options
 * @param {string} [options.secret] coturn's `static-auth-secret`; not needed without TURN servers
 * @param {readonly string[]} options.urls `stun:`, `stuns:`, `turn:` and `turns:` (RFC 7064, RFC 7065)
 * @param {number} options.ttl lifetime in ms; tests use a negative one for expired credentials
 * @param {number} options.now ms since the epoch
 * @returns {IceDocument}
 */
export function mint({ secret, urls, ttl, now }) {
  const isRelay = (/** @type {string} */ url) => url.startsWith('turn');
  const stun = urls.filter((url) => !isRelay(url));
  const turn = urls.filter(isRelay);
  /** @type {IceServer[]} */
  const servers = stun.length > 0 ? [{ urls: stun }] : [];
  let validUntil = null;
  if (turn.length > 0) {
    if (!secret) throw new Refusal('Credentials for a TURN server need its secret.');
    const seconds = Math.floor((now + ttl) / 1_000);
    const username = `${seconds}:parley`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    servers.push({ urls: turn, username, credential });
    validUntil = new Date(seconds * 1_000);
  }
  const text = JSON.stringify(servers);
  if (Buffer.byteLength(text) > SERVERS_LIMIT) {
    throw new Refusal(`${urls.length} servers do not fit into the 16 KiB of config/ice. Name fewer.`);
  }
  return { servers: text, validUntil };
}

/** The document without its passwords, for display. @param {IceDocument} document */
export const masked = ({ servers, validUntil }) => ({
  servers: /** @type {IceServer[]} */ (JSON.parse(servers)).map((server) =>
    server.credential ? { ...server, credential: '********' } : server,
  ),
  validUntil: validUntil?.toISOString() ?? null,
});

/** @param {string} text a number and `m`, `h` or `d` @returns {number} ms */
export function parseTtl(text) {
  const [, digits, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (!digits || !unit) {
    throw new Refusal(`--ttl ${text}: write a number and a unit, for example 90m, 24h or 7d.`);
  }
  const minutes = { m: 1, h: 60, d: 1_440 }[unit] ?? 0;
  const ttl = Number(digits) * minutes * 60_000;
  if (ttl < SHORTEST) throw new Refusal(`--ttl ${text} is too short: a call needs at least 10m.`);
  if (ttl > LONGEST) {
    throw new Refusal(
      `--ttl ${text} is too long: 7d at most. Anyone who has read the credentials can use the server until they expire;\n` +
        'run this command more often instead (see deploy/coturn/README.md).',
    );
  }
  return ttl;
}

const schemes = { turn: ['turn', 'turns'], stun: ['stun', 'stuns'] };

/**
 * Checks the address of a server, so that no browser fails on it later (RFC 7064, section 3; RFC 7065, section 3).
 *
 * @param {'turn' | 'stun'} option the option it was given by
 * @param {string} text
 * @returns {string} scheme and host in lower case
 */
export function parseIceUrl(option, text) {
  const refuse = (/** @type {string} */ why) => new Refusal(`--${option} ${text}: ${why}`);
  const example = option === 'turn' ? 'turns:turn.example.org:443' : 'stun:stun.example.org:3478';
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(text) ?? [];
  if (!schemes[option].includes(scheme.toLowerCase())) {
    throw refuse(`the address must begin with ${schemes[option].join(': or ')}:, for example ${example}`);
  }
  if (rest.startsWith('//')) throw refuse(`leave out the slashes after the colon, for example ${example}`);
  const [, authority = '', query] = /^([^?]*)(?:\?(.*))?$/.exec(rest) ?? [];
  const host = hostOf(authority, refuse, example);
  if (query === undefined) return `${scheme.toLowerCase()}:${host}`;
  if (option === 'stun')
    throw refuse(
      'the address of a STUN server takes no parameters. Leave out the question mark and what follows.',
    );
  const transport = /^transport=(udp|tcp)$/.exec(query)?.[1];
  if (!transport) throw refuse('after the question mark only transport=udp or transport=tcp is allowed.');
  if (scheme.toLowerCase() === 'turns' && transport === 'udp') {
    throw refuse(
      'browsers do not use DTLS with TURN servers. Write turns: without transport=udp, or turn: with it.',
    );
  }
  return `${scheme.toLowerCase()}:${host}?transport=${transport}`;
}

/**
 * @param {string} authority host and port
 * @param {(why: string) => Refusal} refuse
 * @param {string} example
 * @returns {string}
 */
function hostOf(authority, refuse, example) {
  const [, literal, name, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/.exec(authority) ?? [];
  if (literal === undefined && name === undefined) {
    throw isIPv6(authority.replace(/:\d+$/, '')) || isIPv6(authority)
      ? refuse('put the IPv6 address in brackets, for example turn:[2001:db8::1]:3478')
      : refuse(`this is not a host and port, for example ${example}`);
  }
  if (literal !== undefined && !isIPv6(literal)) throw refuse(`[${literal}] is not an IPv6 address.`);
  if (name !== undefined && !isHostName(name))
    throw refuse(`"${name}" is not a host name, for example ${example}`);
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) {
    throw refuse('a port is a number from 1 to 65535.');
  }
  const host = literal === undefined ? (name ?? '').toLowerCase() : `[${literal.toLowerCase()}]`;
  return port === undefined ? host : `${host}:${port}`;
}

/** @param {string} name */
function isHostName(name) {
  if (/^[\d.]+$/.test(name)) return isIPv4(name);
  return (
    name.length <= 253 && name.split('.').every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label))
  );
}
