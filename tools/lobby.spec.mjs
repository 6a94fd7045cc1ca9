import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { demoCode, idOf, newCode, parseCode } from './lobby-code.mjs';
import { lobby, parseLobby } from './lobby-command.mjs';
import { publishLobby, withdrawLobby } from './lobby-publish.mjs';
import { freePorts } from './ports.mjs';
import { Refusal } from './project.mjs';
import { beside } from './stand-in.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

const code = 'abcd-efgh-jkmn-pqrs';
/**
 * In base32, the output of openssl kdf -keylen 16 -kdfopt digest:SHA256 -kdfopt key:<no dashes> -kdfopt
 * info:parley/1/lobby-id HKDF.
 */
const lobbyId = 'tdnwx50fsdkwtvd8csndrdvzq4';
const day = 86_400_000;
const now = 1_795_000_000_000;
const committed = { commitTime: new Date(now).toISOString() };

/** Output of the command. @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<string>} */
async function output(args, env = {}) {
  /** @type {string[]} */
  const lines = [];
  await lobby(args, env, (line) => lines.push(line));
  return lines.join('\n');
}

test('codes: accepted as people write them, refused with an example', () => {
  for (const typed of [
    code,
    'abcdefghjkmnpqrs',
    ' ABCD EFGH JKMN PQRS ',
    'https://parley.example/lobby#abcd-efgh-jkmn-pqrs',
    'abcd‑efgh‑jkmn‑pqrs',
  ]) {
    assert.equal(parseCode(typed), code);
  }
  assert.equal(parseCode('oil0-0000-0000-0000'), '0110-0000-0000-0000');
  for (const typed of [
    '',
    'abcd',
    `${code}-t`,
    'ubcd-efgh-jkmn-pqrs',
    'äbcd-efgh-jkmn-pqrs',
    code.slice(1),
  ]) {
    assert.throws(
      () => parseCode(typed),
      (error) => error instanceof Refusal && error.message.startsWith(`--code ${typed}: a code has 16`),
    );
  }
});

test('codes: an emulated project has its own valid code, the same each time', () => {
  const demo = demoCode('demo-parley');
  assert.equal(parseCode(demo), demo);
  assert.equal(demoCode('demo-parley'), demo);
  assert.notEqual(demoCode('demo-other'), demo);
});

test('codes: a new one is valid and different each time', () => {
  const codes = Array.from({ length: 50 }, newCode);
  for (const one of codes) assert.equal(parseCode(one), one);
  assert.equal(new Set(codes).size, 50);
});

test('ids: derived as in docs/protocol.md', () => {
  assert.equal(idOf(code, 'parley/1/call-id'), '4t5fe84gpx05hdf2sa3g91p2g4');
  assert.equal(idOf(code, 'parley/1/lobby-id'), lobbyId);
});

test('publishing: the lobby and its name in one commit, with the time of Firestore’s clock', async () => {
  await beside(200, committed, async (host, seen) => {
    const at = { host, project: 'demo-parley' };
    assert.deepEqual(await publishLobby({ ...at, code, now }), new Date(now));
    const root = 'projects/demo-parley/databases/(default)/documents';
    assert.equal(seen[0]?.url, `/v1/${root}:commit`);
    assert.equal(seen[0]?.headers.authorization, 'Bearer owner');
    assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), {
      writes: [
        {
          update: {
            name: `${root}/lobbies/${lobbyId}`,
            fields: {
              createdBy: { stringValue: 'publisher' },
              expiresAt: { timestampValue: new Date(now + 90 * day).toISOString() },
            },
          },
          updateTransforms: [{ fieldPath: 'createdAt', setToServerValue: 'REQUEST_TIME' }],
        },
        {
          update: { name: `${root}/config/lobby`, fields: { code: { stringValue: code } } },
          updateTransforms: [{ fieldPath: 'updatedAt', setToServerValue: 'REQUEST_TIME' }],
        },
      ],
    });
    await withdrawLobby(at);
    assert.deepEqual(JSON.parse(seen[1]?.body ?? ''), { writes: [{ delete: `${root}/config/lobby` }] });
    await publishLobby({ ...at, code, now, token: 'ya29' });
    assert.equal(seen[2]?.headers.authorization, 'Bearer ya29');
  });
});

test('publishing: a refusal names the document', async () => {
  await beside(403, { error: { message: 'No.' } }, (host) =>
    assert.rejects(
      publishLobby({ host, project: 'parley-1234', code, now }),
      (error) =>
        error instanceof Refusal && /config\/lobby of parley-1234: 403[^]*datastore/.test(error.message),
    ),
  );
  const [port] = await freePorts(1);
  await assert.rejects(
    lobby(['--clear', '--emulator', `127.0.0.1:${port}`], {}),
    /No Firestore emulator responds at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)[^]*npm start/,
  );
});

test('options: all of them', () => {
  assert.deepEqual(parseLobby(['--code', code.toUpperCase(), '--project', 'parley-1234', '--dry-run'], {}), {
    code,
    project: 'parley-1234',
    dryRun: true,
    clear: false,
  });
  assert.deepEqual(parseLobby(['--clear'], { FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080' }), {
    project: 'demo-parley',
    host: '127.0.0.1:8080',
    dryRun: false,
    clear: true,
  });
  const fresh = () => Object(parseLobby([], {}, 'noted-project'));
  assert.equal(fresh().project, 'noted-project');
  assert.notEqual(fresh().code, fresh().code);
  assert.equal(parseLobby(['--help'], {}), 'help');
});

test('options: invalid ones are refused with the remedy', () => {
  for (const [args, message] of /** @type {const} */ ([
    [['--bogus'], /--bogus[^]*Usage: npm run lobby/],
    [[code], /Every value needs an option[^]*Usage/],
    [['--code', 'nonsense'], /--code nonsense: a code has 16/],
    [['--code', code, '--clear'], /Leave out --code/],
    [['--emulator', 'nowhere'], /--emulator nowhere: write host and port/],
    [['--project', 'No Such'], /--project No Such: a project id/],
    [[], /No Firebase project[^]*npm run lobby -- --project[^]*use --add/],
  ])) {
    assert.throws(
      () => parseLobby([...args], { HOME: folder }),
      (error) => error instanceof Refusal && message.test(error.message),
      String(message),
    );
  }
});

test('the command says what it has done, and a dry run does nothing', async () => {
  await beside(200, committed, async (host, seen) => {
    const at = ['--emulator', host];
    assert.match(
      await output(['--code', code, ...at]),
      /^Published the lobby abcd-efgh-jkmn-pqrs in config\/lobby of demo-parley on the emulator at .* until 2027-02-16/,
    );
    assert.equal(seen.length, 1);
    const dry = await output(['--code', code, ...at, '--dry-run']);
    assert.match(dry, new RegExp(`lobbies/${lobbyId} .*"createdBy":"publisher"`));
    assert.match(dry, /config\/lobby \{"code":"abcd-efgh-jkmn-pqrs"\}/);
    assert.match(await output(['--clear', ...at, '--dry-run']), /^Would delete config\/lobby of demo-parley/);
    assert.equal(seen.length, 1);
    assert.match(await output(['--clear', ...at]), /^Deleted config\/lobby/);
    assert.equal(seen.length, 2);
  });
  assert.match(await output(['--help']), /^Usage: npm run lobby/);
});
