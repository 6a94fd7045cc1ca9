import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { findBrowser, withBrowsers } from './browsers.mjs';
import { isInstalled } from './dependencies.mjs';
import { accounts } from './deploy-command.mjs';
import { withFirestoreEmulator } from './firestore-emulator.mjs';
import { javaVersion, withJava } from './java.mjs';
import { nodeProblem } from './node-version.mjs';
import { withPrograms } from './packages.mjs';
import { freePorts, isFree, requireFree } from './ports.mjs';
import { digest } from './production-build.mjs';
import { Refusal } from './project.mjs';
import { parseStart } from './start-command.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} script */
const program = (name, script) =>
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

test('Node: a version that is too old is reported with the needed one', () => {
  assert.match(nodeProblem('v18.19.1', '>=20.19') ?? '', /20\.19 or newer.*18\.19\.1/);
  assert.match(nodeProblem('v20.9.0', '>=20.19') ?? '', /20\.9\.0/);
  for (const version of ['v20.19.0', 'v20.20.2', 'v22.1.0', 'v24.0.0']) {
    assert.equal(nodeProblem(version, '>=20.19'), undefined);
  }
});

test('Java: versions in their old and new notations', () => {
  assert.equal(javaVersion('openjdk version "17.0.15" 2025-04-15'), 17);
  assert.equal(javaVersion('java version "1.8.0_392"'), 8);
  assert.equal(javaVersion('openjdk version "21" 2023-09-19'), 21);
  assert.equal(javaVersion('command not found'), undefined);
});

test('Java: missing and too old are refused with the remedy', () => {
  assert.throws(() => withJava({ PATH: '/nowhere' }), /^Error: Java was not found[^]*Install/);
  program('java', 'echo "openjdk version \\"1.8.0_392\\"" >&2');
  assert.throws(() => withJava({ PATH: folder }), /^Error: Java 11 or newer is needed, and this is Java 8/);
});

test('the emulator: a variable that names no file is refused', async () => {
  await assert.rejects(withFirestoreEmulator({ FIRESTORE_EMULATOR_BINARY_PATH: '/nowhere' }), Refusal);
});

test('browsers: found on the path, by the variable, or not at all', () => {
  assert.equal(findBrowser('firefox', { PATH: '/nowhere' }), undefined);
  program('firefox-esr', '');
  assert.equal(findBrowser('firefox', { PATH: `/nowhere:${folder}` }), join(folder, 'firefox-esr'));
  assert.equal(findBrowser('chromium', { CHROMIUM_BIN: join(folder, 'java') }), join(folder, 'java'));
  assert.throws(() => findBrowser('chromium', { CHROMIUM_BIN: '/nowhere/chromium' }), Refusal);
});

/**
 * Runs `act` as if only the programs in `folder` were installed and nothing could be installed.
 *
 * @param {() => Promise<void>} act
 */
async function withNothingElse(act) {
  const { env: around, getuid } = process;
  // Only root installs anything.
  process.getuid = () => 1000;
  // The caller's variables are removed: they would lead to the caller's browsers.
  process.env = { PATH: folder };
  try {
    await act();
  } finally {
    process.env = around;
    process.getuid = getuid;
  }
}

test('browsers: a missing optional one is not an error', () =>
  withNothingElse(async () => {
    program('firefox-esr', '');
    const env = await withBrowsers(['firefox', 'shell']);
    assert.equal(env['FIREFOX_BIN'], join(folder, 'firefox-esr'));
    assert.equal(env['CHROMIUM_SHELL_BIN'], undefined);
    await assert.rejects(withBrowsers(['chromium']), Refusal);
  }));

test('programs: missing ones are named with their packages; if none is missing, nothing is printed', () =>
  withNothingElse(async () => {
    /** @type {string[]} */
    const said = [];
    const tell = (/** @type {string} */ line) => said.push(line);
    program('ip', '');
    await withPrograms(['ip', 'nft', 'turnserver'], tell);
    await withPrograms(['ip'], tell);
    assert.deepEqual(said, [
      'Not found: nft (package nftables), turnserver (package coturn). Tests that need it are skipped.',
    ]);
  }));

test('dependencies: missing, different and interrupted ones are noticed; optional ones may be missing', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } };
  assert.equal(isInstalled(lock, lock), true);
  assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } }), false);
  assert.equal(isInstalled(lock, { packages: {} }), false);
  const optional = { packages: { 'node_modules/b': { version: '1.0.0', optional: true } } };
  assert.equal(isInstalled(optional, { packages: {} }), true);
});

test('the digest changes with contents and names, and with nothing else', () => {
  const file = join(folder, 'one');
  writeFileSync(file, 'a');
  const before = digest([file]);
  writeFileSync(file, 'a');
  assert.equal(digest([file]), before);
  writeFileSync(file, 'b');
  assert.notEqual(digest([file]), before);
  writeFileSync(join(folder, 'two'), 'a');
  assert.notEqual(digest([join(folder, 'two')]), before);
});

test('ports: free ones are different and free; for one in use, the message names the option for another', async () => {
  const ports = await freePorts(5);
  assert.equal(new Set(ports).size, 5);
  const [port = 0] = ports;
  const server = createServer();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  try {
    assert.equal(await isFree(port), false);
    await assert.rejects(
      requireFree('the page', port, '127.0.0.1', '--port'),
      /already in use[^]*--port \d+/,
    );
  } finally {
    server.close();
  }
});

test('start: valid and invalid options', () => {
  const options = parseStart(['--port', '5100', '--hub-port', '4410', '--dev']);
  assert.ok(options !== 'help');
  assert.deepEqual(options.ports, { page: 5100, auth: 9099, firestore: 8080, hub: 4410 });
  assert.equal(options.dev, true);
  assert.equal(options.turn, false);
  assert.equal(Object(parseStart(['--turn'])).turn, true);
  for (const args of [['--port', 'x'], ['--port', '5001'], ['--project', 'real'], ['--bogus']]) {
    assert.throws(() => parseStart(args), Refusal);
  }
});

test('deploy: counts the accounts that are logged in', () => {
  assert.equal(accounts('{"status":"success","result":[{"user":{}}]}'), 1);
  assert.equal(accounts('{"status":"success"}'), 0);
  assert.equal(accounts(''), 0);
});
