import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, test } from 'node:test';

import { accessToken, credentialsIn } from './google-token.mjs';
import { ice, parseIce } from './ice-command.mjs';
import { publish, withdraw } from './ice-publish.mjs';
import { masked, mint, parseIceUrl, parseTtl } from './ice-servers.mjs';
import { freePorts } from './ports.mjs';
import { Refusal } from './project.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

const secret = '0123456789abcdef0123456789abcdef';
const hour = 3_600_000;
/** So that the credentials of an hour run out at 1795000000 s. */
const now = 1_795_000_000_000 - hour;
/** What `printf 1795000000:parley | openssl dgst -sha1 -hmac <secret> -binary | base64` says. */
const credential = 'E2a4pblMEELes08t2BGG28qPxz0=';

/** @typedef {{ method?: string, url?: string, headers: import('node:http').IncomingHttpHeaders, body: string }} Seen */

/**
 * Runs something beside a server on loopback that stands for one of Google's, and keeps what it was asked.
 *
 * @param {number} status
 * @param {unknown} answer as JSON; text is sent as it is
 * @param {(host: string, seen: Seen[]) => Promise<unknown>} use
 */
async function beside(status, answer, use) {
  /** @type {Seen[]} */
  const seen = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ ...(method ? { method } : {}), ...(url ? { url } : {}), headers, body });
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    await use(`127.0.0.1:${port}`, seen);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** What a command prints. @param {() => Promise<unknown>} run @returns {Promise<string>} */
async function output(run) {
  const written = mock.method(process.stdout, 'write', () => true);
  try {
    await run();
    return written.mock.calls.map((call) => String(call.arguments[0])).join('');
  } finally {
    written.mock.restore();
  }
}

const urls = ['stun:stun.example.org:3478', 'turns:turn.example.org:443', 'turn:turn.example.org:3478'];
const committed = { commitTime: new Date(now).toISOString() };

test('mint: user name and password as coturn computes them', () => {
  const { servers, validUntil } = mint({ secret, urls, ttl: hour, now });
  assert.deepEqual(JSON.parse(servers), [
    { urls: [urls[0]] },
    { urls: [urls[1], urls[2]], username: '1795000000:parley', credential },
  ]);
  assert.deepEqual(validUntil, new Date(1_795_000_000_000));
});

test('mint: an expiry is whole seconds, and never later than asked', () => {
  const { servers, validUntil } = mint({ secret, urls, ttl: hour, now: now + 999 });
  assert.match(servers, /"1795000000:parley"/);
  assert.deepEqual(validUntil, new Date(1_795_000_000_000));
});

test('mint: STUN alone has neither credentials nor an end', () => {
  assert.deepEqual(mint({ urls: ['stun:stun.example.org'], ttl: hour, now }), {
    servers: '[{"urls":["stun:stun.example.org"]}]',
    validUntil: null,
  });
  assert.throws(() => mint({ urls, ttl: hour, now }), Refusal);
});

test('mint: no more than the document holds', () => {
  const many = (/** @type {number} */ count) =>
    Array.from({ length: count }, (_, i) => `turn:${'a'.repeat(50)}.example.org:${10_000 + i}`);
  assert.ok(mint({ secret, urls: many(200), ttl: hour, now }).servers.length < 16_384);
  assert.throws(() => mint({ secret, urls: many(250), ttl: hour, now }), /^Error: 250 servers[^]*16 KiB/);
});

test('addresses: what browsers take is taken', () => {
  for (const [given, read = given] of [
    ['turn:turn.example.org'],
    ['turn:turn.example.org:3478'],
    ['turn:turn.example.org:3478?transport=udp'],
    ['turn:turn.example.org:3478?transport=tcp'],
    ['turns:turn.example.org:443'],
    ['turns:turn.example.org:443?transport=tcp'],
    ['TURNS:Turn.Example.org:443', 'turns:turn.example.org:443'],
    ['turn:192.0.2.1:3478'],
    ['turn:[2001:DB8::1]', 'turn:[2001:db8::1]'],
    ['turn:[2001:db8::1]:3478?transport=tcp'],
    ['turn:localhost:3478'],
  ]) {
    assert.equal(parseIceUrl('turn', given ?? ''), read);
  }
  for (const given of ['stun:stun.example.org', 'stuns:stun.example.org:5349', 'stun:[2001:db8::1]:3478']) {
    assert.equal(parseIceUrl('stun', given), given);
  }
});

test('addresses: what they would stumble over is refused, with why', () => {
  for (const [option, given, why] of /** @type {const} */ ([
    ['turn', 'turn.example.org', /begins with turn: or turns:/],
    ['turn', 'https://turn.example.org', /begins with turn: or turns:/],
    ['turn', 'stun:stun.example.org', /begins with turn: or turns:/],
    ['stun', 'turn:turn.example.org', /begins with stun: or stuns:/],
    ['turn', 'turn://turn.example.org', /no slashes/],
    ['turn', 'turn:', /"" is no host name/],
    ['turn', 'turn:-a.example.org', /no host name/],
    ['turn', 'turn:turn_example.org', /no host name/],
    ['turn', 'turn:user@turn.example.org', /no host name/],
    ['turn', 'turn:256.0.0.1', /no host name/],
    ['turn', 'turn:2001:db8::1', /in brackets/],
    ['turn', 'turn:[2001:db8::1', /no host and port/],
    ['turn', 'turn:[192.0.2.1]', /no IPv6 address/],
    ['turn', 'turn:turn.example.org:', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:0', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:65536', /from 1 to 65535/],
    ['turn', 'turn:turn.example.org:https', /no host and port/],
    ['turn', 'turn:turn.example.org?transport=tls', /transport=udp or transport=tcp/],
    ['turn', 'turn:turn.example.org?ttl=1', /transport=udp or transport=tcp/],
    ['turn', 'turns:turn.example.org:443?transport=udp', /DTLS/],
    ['stun', 'stun:stun.example.org?transport=tcp', /nothing after a question mark/],
  ])) {
    assert.throws(
      () => parseIceUrl(option, given),
      (error) =>
        error instanceof Refusal &&
        error.message.startsWith(`--${option} ${given}: `) &&
        why.test(error.message),
      given,
    );
  }
});

test('time to live: minutes, hours and days, from ten minutes to seven days', () => {
  assert.deepEqual(['10m', '90m', '24h', '7d', '168h'].map(parseTtl), [
    600_000,
    5_400_000,
    24 * hour,
    168 * hour,
    168 * hour,
  ]);
  for (const text of ['', '24', 'h', '-1h', '1.5h', '1 h', '24H', '1w', '9999999m']) {
    assert.throws(() => parseTtl(text), /90m, 24h or 7d/, text);
  }
  for (const text of ['0h', '9m']) assert.throws(() => parseTtl(text), /at least 10m/);
  for (const text of ['8d', '169h']) assert.throws(() => parseTtl(text), /7d at most/);
});

const env = { TURN_SECRET: secret };
const emulator = ['--emulator', '127.0.0.1:8080'];
const turn = ['--turn', 'turns:turn.example.org:443', '--secret-env', 'TURN_SECRET'];

test('options: all of them', () => {
  assert.deepEqual(
    parseIce(
      [
        ...turn,
        '--turn',
        'turn:turn.example.org',
        '--turn',
        'turn:TURN.example.org',
        '--stun',
        'stun:a.example',
      ].concat(['--ttl', '12h', '--project', 'parley-1234']),
      { TURN_SECRET: ` ${secret}\n` },
    ),
    {
      urls: ['stun:a.example', 'turns:turn.example.org:443', 'turn:turn.example.org'],
      secret,
      ttl: 12 * hour,
      project: 'parley-1234',
      dryRun: false,
      clear: false,
    },
  );
  assert.equal(parseIce(['--help'], {}), 'help');
});

test('options: the emulator, by option and by variable', () => {
  for (const [args, variables] of /** @type {const} */ ([
    [['--stun', 'stun:a', ...emulator], {}],
    [['--stun', 'stun:a'], { FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080' }],
    [['--stun', 'stun:a', ...emulator], { FIRESTORE_EMULATOR_HOST: 'nonsense' }],
  ])) {
    const options = parseIce([...args], variables);
    assert.ok(options !== 'help');
    assert.equal(options.host, '127.0.0.1:8080');
    assert.equal(options.project, 'demo-parley');
    assert.equal(options.ttl, 24 * hour);
  }
  const options = parseIce(['--clear', '--emulator', '[::1]:8080', '--project', 'demo-other'], {});
  assert.ok(options !== 'help');
  assert.equal(options.project, 'demo-other');
});

test('options: the project of the service account, where no other is named', () => {
  const key = join(folder, 'account.json');
  writeFileSync(key, JSON.stringify({ type: 'service_account', project_id: 'parley-5678' }));
  const options = parseIce(['--stun', 'stun:a'], { GOOGLE_APPLICATION_CREDENTIALS: key });
  assert.ok(options !== 'help');
  assert.equal(options.project, 'parley-5678');
});

test('options: what is missing or makes no sense is refused with the remedy', () => {
  /** @type {[string[], NodeJS.ProcessEnv, RegExp][]} */
  const cases = [
    [[], env, /Which servers\?[^]*Usage/],
    [['--bogus'], env, /--bogus[^]*Usage/],
    [[...turn, 'more', ...emulator], env, /Every value needs an option/],
    [['--turn', 'turns:turn.example.org:443', ...emulator], env, /needs --secret-env <name>[^]*export/],
    [[...turn, ...emulator], {}, /TURN_SECRET is not set[^]*export/],
    [[...turn, ...emulator], { TURN_SECRET: '' }, /TURN_SECRET: that variable is empty/],
    [[...turn, ...emulator], { TURN_SECRET: ' \n' }, /TURN_SECRET: that variable is empty/],
    [[...turn, ...emulator], { TURN_SECRET: 'short' }, /fewer than 16 characters[^]*openssl rand/],
    [[...turn, ...emulator, '--ttl', 'soon'], env, /--ttl soon/],
    [[...turn, '--emulator', 'nowhere'], env, /--emulator nowhere: write host and port/],
    [[...turn], { ...env, FIRESTORE_EMULATOR_HOST: ':0' }, /FIRESTORE_EMULATOR_HOST :0/],
    [[...turn, '--project', 'No Such'], env, /--project No Such: a project id/],
    [['--clear', '--stun', 'stun:a', ...emulator], env, /--clear takes back all/],
  ];
  for (const [args, variables, message] of cases) {
    assert.throws(
      () => parseIce(args, { HOME: folder, ...variables }),
      (error) => error instanceof Refusal && message.test(error.message),
      String(message),
    );
  }
});

test('options: no project is refused with the remedy', () => {
  assert.throws(
    () => parseIce(['--stun', 'stun:a'], { HOME: folder }),
    /Which Firebase project\?[^]*use --add/,
  );
});

test('the secret is in no message, even where it was given in the wrong place', () => {
  for (const args of [
    ['--turn', 'turns:a', '--secret-env', secret],
    ['--turn', 'turns:a', '--secret-env', 'abcdefabcdef'],
    ['--turn', 'turns:a', secret],
    ['--secret', secret],
    [`--secret=${secret}`],
  ]) {
    assert.throws(
      () => parseIce(args, {}),
      ({ message }) => !message.includes(secret) && !message.includes('abcdefabcdef'),
    );
  }
});

test('publishing: one commit that replaces the document, its time Firestore’s own', async () => {
  await beside(200, committed, async (host, seen) => {
    const document = mint({ secret, urls, ttl: hour, now });
    assert.deepEqual(await publish({ host, project: 'demo-parley', document }), new Date(now));
    const name = 'projects/demo-parley/databases/(default)/documents/config/ice';
    const [{ method, url, headers, body } = assert.fail()] = seen;
    assert.equal(method, 'POST');
    assert.equal(url, '/v1/projects/demo-parley/databases/(default)/documents:commit');
    assert.equal(headers.authorization, 'Bearer owner');
    assert.deepEqual(JSON.parse(body), {
      writes: [
        {
          update: {
            name,
            fields: {
              servers: { stringValue: document.servers },
              validUntil: { timestampValue: '2026-11-18T11:06:40.000Z' },
            },
          },
          updateTransforms: [{ fieldPath: 'updatedAt', setToServerValue: 'REQUEST_TIME' }],
        },
      ],
    });
    await withdraw({ host, project: 'demo-parley' });
    assert.deepEqual(JSON.parse(seen[1]?.body ?? ''), { writes: [{ delete: name }] });
    await publish({
      host,
      project: 'demo-parley',
      document: { servers: '[]', validUntil: null },
      token: 'ya29',
    });
    assert.equal(seen[2]?.headers.authorization, 'Bearer ya29');
    assert.match(seen[2]?.body ?? '', /"validUntil":\{"nullValue":null\}/);
  });
});

test('publishing: what Firestore refuses is told with its reason and the remedy', async () => {
  const document = mint({ secret, urls, ttl: hour, now });
  for (const [status, remedy] of /** @type {const} */ ([
    [401, /401, No\.\n[^]*gcloud auth login/],
    [403, /403, No\.\n[^]*roles\/datastore\.user/],
    [404, /404, No\.\n[^]*console\.firebase\.google\.com\/project\/parley-1234/],
    [500, /500, No\.$/],
  ])) {
    await beside(status, { error: { message: 'No.' } }, (host) =>
      assert.rejects(
        publish({ host, project: 'parley-1234', document }),
        (error) => error instanceof Refusal && remedy.test(error.message),
      ),
    );
  }
  await beside(200, '<html>', (host) =>
    assert.rejects(publish({ host, project: 'parley-1234', document }), Refusal),
  );
});

test('publishing: an emulator that is not there is told with how to start it', async () => {
  const [port] = await freePorts(1);
  const run = ice(['--clear', '--emulator', `127.0.0.1:${port}`], {});
  await assert.rejects(
    run,
    /No Firestore emulator answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)[^]*npm start/,
  );
});

test('the command says what it has done, and nothing secret', async () => {
  await beside(200, { commitTime: new Date().toISOString() }, async (host, seen) => {
    const args = [...turn, '--emulator', host];
    const said = await output(() => ice(args, env));
    assert.match(
      said,
      /^Published 1 address in config\/ice of demo-parley on the emulator at .*, good until \d{4}-.*Z\.\n$/,
    );
    assert.equal(seen.length, 1);
    const dry = await output(() => ice([...args, '--dry-run'], env));
    assert.match(dry, /"credential": "\*{8}"/);
    assert.match(dry, /"username": "\d+:parley"/);
    assert.match(await output(() => ice(['--clear', '--emulator', host, '--dry-run'], {})), /^Would delete/);
    assert.equal(seen.length, 1, 'a dry run sends nothing');
    assert.match(await output(() => ice(['--clear', '--emulator', host], {})), /^Deleted config\/ice/);
    for (const text of [said, dry, seen[0]?.body ?? '']) assert.ok(!text.includes(secret));
    const sent = JSON.parse(JSON.parse(seen[0]?.body ?? '').writes[0].update.fields.servers.stringValue);
    assert.ok(!said.includes(sent[0].credential) && !dry.includes(sent[0].credential));
  });
  assert.match(await output(() => ice(['--help'], {})), /^Usage: npm run ice/);
});

test('the command warns of a clock that is wrong', async () => {
  for (const [skew, words] of /** @type {const} */ ([
    [5 * 60_000, /300 s behind/],
    [-5 * 60_000, /300 s ahead/],
  ])) {
    await beside(200, { commitTime: new Date(Date.now() + skew).toISOString() }, async (host) => {
      assert.match(await output(() => ice([...turn, '--emulator', host], env)), words);
    });
  }
});

test('masking hides every password and nothing else', () => {
  const shown = masked(mint({ secret, urls, ttl: hour, now }));
  assert.deepEqual(shown.servers[1], {
    urls: [urls[1], urls[2]],
    username: '1795000000:parley',
    credential: '********',
  });
  assert.ok(!JSON.stringify(shown).includes(credential));
});

test('credentials: a service account signs who it is, and gets a token', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await beside(200, { access_token: 'ya29.token' }, async (host, seen) => {
    const key = join(folder, 'key.json');
    const token_uri = `http://${host}/token`;
    const account = {
      type: 'service_account',
      client_email: 'ice@example',
      private_key: privateKey,
      token_uri,
    };
    writeFileSync(key, JSON.stringify(account));
    assert.equal(await accessToken({ GOOGLE_APPLICATION_CREDENTIALS: key }, now), 'ya29.token');
    const form = new URLSearchParams(seen[0]?.body);
    assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
    const read = (/** @type {string} */ part) => JSON.parse(Buffer.from(part, 'base64url').toString());
    assert.deepEqual(read(head), { alg: 'RS256', typ: 'JWT' });
    assert.deepEqual(read(claims), {
      iss: 'ice@example',
      scope: 'https://www.googleapis.com/auth/datastore',
      aud: token_uri,
      iat: now / 1_000,
      exp: now / 1_000 + 3_600,
    });
    assert.ok(
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url'),
    );
  });
});

test('credentials: those of a person, and a token given as it is', async () => {
  await beside(200, { access_token: 'ya29.person' }, async (host, seen) => {
    const file = join(folder, 'person.json');
    const person = { type: 'authorized_user', client_id: 'i', client_secret: 's', refresh_token: 'r' };
    writeFileSync(file, JSON.stringify({ ...person, token_uri: `http://${host}/token` }));
    assert.equal(await accessToken({ GOOGLE_APPLICATION_CREDENTIALS: file }, now), 'ya29.person');
    assert.equal(seen[0]?.body, 'grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=r');
  });
  assert.equal(await accessToken({ GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.given' }, now), 'ya29.given');
});

test('credentials: gcloud is asked where there is no file', async () => {
  const gcloud = join(folder, 'gcloud');
  writeFileSync(gcloud, '#!/bin/sh\necho "token of $*"\n', { mode: 0o755 });
  const PATH = `${folder}:${process.env['PATH']}`;
  assert.equal(await accessToken({ PATH, HOME: folder }, now), 'token of auth print-access-token');
  const federated = join(folder, 'federated.json');
  writeFileSync(federated, '{"type":"external_account"}');
  assert.equal(
    await accessToken({ PATH, HOME: folder, GOOGLE_APPLICATION_CREDENTIALS: federated }, now),
    'token of auth application-default print-access-token',
  );
});

test('credentials: none, or none that are good, are refused with the remedy', async () => {
  await assert.rejects(
    accessToken({ PATH: '/nowhere', HOME: folder }, now),
    /One of:[^]*GOOGLE_APPLICATION_CREDENTIALS/,
  );
  const bad = join(folder, 'bad.json');
  const at = { GOOGLE_APPLICATION_CREDENTIALS: bad };
  assert.throws(() => credentialsIn({ GOOGLE_APPLICATION_CREDENTIALS: '/nowhere' }), /no such file/);
  writeFileSync(bad, 'not JSON');
  assert.throws(() => credentialsIn(at), /can't be read as JSON/);
  writeFileSync(bad, '{"type":"service_account"}');
  await assert.rejects(accessToken(at, now), /no client_email and private_key/);
  writeFileSync(bad, '{"type":"service_account","client_email":"a","private_key":"b"}');
  await assert.rejects(accessToken(at, now), /is no key/);
  await beside(400, { error: 'invalid_grant', error_description: 'Gone.' }, async (host) => {
    writeFileSync(bad, JSON.stringify({ type: 'authorized_user', token_uri: `http://${host}/` }));
    await assert.rejects(accessToken(at, now), /400, Gone\.[^]*clock/);
  });
  const [port] = await freePorts(1);
  writeFileSync(bad, JSON.stringify({ type: 'authorized_user', token_uri: `http://127.0.0.1:${port}/` }));
  await assert.rejects(accessToken(at, now), /token endpoint can't be reached \(ECONNREFUSED\)/);
});
