import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ice } from './ice-command.mjs';
import { publish, withdraw } from './ice-publish.mjs';
import { masked, mint } from './ice-servers.mjs';
import { freePorts } from './ports.mjs';
import { Refusal } from './project.mjs';
import { beside } from './stand-in.mjs';

const secret = '0123456789abcdef0123456789abcdef';
const hour = 3_600_000;
/** Chosen so that credentials for an hour expire at 1795000000 s. */
const now = 1_795_000_000_000 - hour;
/** Output of `printf 1795000000:parley | openssl dgst -sha1 -hmac <secret> -binary | base64`. */
const credential = 'E2a4pblMEELes08t2BGG28qPxz0=';

/** Output of the command. @param {string[]} args @param {NodeJS.ProcessEnv} [variables] @returns {Promise<string>} */
async function output(args, variables = {}) {
  /** @type {string[]} */
  const lines = [];
  await ice(args, variables, (line) => lines.push(line));
  return lines.join('\n');
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

test('mint: the expiry is in whole seconds and never later than requested', () => {
  const { servers, validUntil } = mint({ secret, urls, ttl: hour, now: now + 999 });
  assert.match(servers, /"1795000000:parley"/);
  assert.deepEqual(validUntil, new Date(1_795_000_000_000));
});

test('mint: STUN servers alone have no credentials and no expiry', () => {
  assert.deepEqual(mint({ urls: ['stun:stun.example.org'], ttl: hour, now }), {
    servers: '[{"urls":["stun:stun.example.org"]}]',
    validUntil: null,
  });
  assert.throws(() => mint({ urls, ttl: hour, now }), Refusal);
});

test('mint: no more servers than the document holds', () => {
  const many = (/** @type {number} */ count) =>
    Array.from({ length: count }, (_, i) => `turn:${'a'.repeat(50)}.example.org:${10_000 + i}`);
  assert.ok(mint({ secret, urls: many(200), ttl: hour, now }).servers.length < 16_384);
  assert.throws(() => mint({ secret, urls: many(250), ttl: hour, now }), /^Error: 250 servers[^]*16 KiB/);
});

const env = { TURN_SECRET: secret };
const turn = ['--turn', 'turns:turn.example.org:443', '--secret-env', 'TURN_SECRET'];

test('publishing: one commit replaces the document, with the time of Firestore’s clock', async () => {
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

test('publishing: a refusal by Firestore is reported with its reason and the remedy', async () => {
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

test('publishing: a missing emulator is reported with how to start it', async () => {
  const [port] = await freePorts(1);
  const run = ice(['--clear', '--emulator', `127.0.0.1:${port}`], {});
  await assert.rejects(
    run,
    /No Firestore emulator responds at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)[^]*npm start/,
  );
});

test('the command says what it has done and prints no secret', async () => {
  await beside(200, { commitTime: new Date().toISOString() }, async (host, seen) => {
    const args = [...turn, '--emulator', host];
    const said = await output(args, env);
    assert.match(
      said,
      /^Published 1 address in config\/ice of demo-parley on the emulator at .*, valid until \d{4}-.*Z\.$/,
    );
    assert.equal(seen.length, 1);
    const dry = await output([...args, '--dry-run'], env);
    assert.match(dry, /"credential": "\*{8}"/);
    assert.match(dry, /"username": "\d+:parley"/);
    assert.match(await output(['--clear', '--emulator', host, '--dry-run']), /^Would delete/);
    assert.equal(seen.length, 1, 'a dry run sends nothing');
    assert.match(await output(['--clear', '--emulator', host]), /^Deleted config\/ice/);
    for (const text of [said, dry, seen[0]?.body ?? '']) assert.ok(!text.includes(secret));
    const sent = JSON.parse(JSON.parse(seen[0]?.body ?? '').writes[0].update.fields.servers.stringValue);
    assert.ok(!said.includes(sent[0].credential) && !dry.includes(sent[0].credential));
  });
  assert.match(await output(['--help']), /^Usage: npm run ice/);
});

test('the command warns about a wrong clock', async () => {
  for (const [skew, words] of /** @type {const} */ ([
    [5 * 60_000, /300 s behind/],
    [-5 * 60_000, /300 s ahead/],
  ])) {
    await beside(200, { commitTime: new Date(Date.now() + skew).toISOString() }, async (host) => {
      assert.match(await output([...turn, '--emulator', host], env), words);
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
