import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { accessToken, credentialsIn } from './google-token.mjs';
import { freePorts } from './ports.mjs';
import { beside } from './stand-in.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

const now = 1_795_000_000_000;

test('credentials: a service account signs its identity and gets a token', async () => {
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

test('credentials: those of a user, and a token that is given directly', async () => {
  await beside(200, { access_token: 'ya29.person' }, async (host, seen) => {
    const file = join(folder, 'person.json');
    const person = { type: 'authorized_user', client_id: 'i', client_secret: 's', refresh_token: 'r' };
    writeFileSync(file, JSON.stringify({ ...person, token_uri: `http://${host}/token` }));
    assert.equal(await accessToken({ GOOGLE_APPLICATION_CREDENTIALS: file }, now), 'ya29.person');
    assert.equal(seen[0]?.body, 'grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=r');
  });
  assert.equal(await accessToken({ GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.given' }, now), 'ya29.given');
});

test('credentials: gcloud is asked if there is no file', async () => {
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

test('credentials: missing and invalid ones are refused with the remedy', async () => {
  await assert.rejects(
    accessToken({ PATH: '/nowhere', HOME: folder }, now),
    /Use one of:[^]*GOOGLE_APPLICATION_CREDENTIALS/,
  );
  const bad = join(folder, 'bad.json');
  const at = { GOOGLE_APPLICATION_CREDENTIALS: bad };
  assert.throws(() => credentialsIn({ GOOGLE_APPLICATION_CREDENTIALS: '/nowhere' }), /no such file/);
  writeFileSync(bad, 'not JSON');
  assert.throws(() => credentialsIn(at), /can't be read as JSON/);
  writeFileSync(bad, '{"type":"service_account"}');
  await assert.rejects(accessToken(at, now), /no client_email and private_key/);
  writeFileSync(bad, '{"type":"service_account","client_email":"a","private_key":"b"}');
  await assert.rejects(accessToken(at, now), /is not a valid key/);
  await beside(400, { error: 'invalid_grant', error_description: 'Gone.' }, async (host) => {
    writeFileSync(bad, JSON.stringify({ type: 'authorized_user', token_uri: `http://${host}/` }));
    await assert.rejects(accessToken(at, now), /400, Gone\.[^]*clock/);
  });
  const [port] = await freePorts(1);
  writeFileSync(bad, JSON.stringify({ type: 'authorized_user', token_uri: `http://127.0.0.1:${port}/` }));
  await assert.rejects(accessToken(at, now), /token endpoint can't be reached \(ECONNREFUSED\)/);
});
