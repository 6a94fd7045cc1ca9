import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';

import { Refusal } from './project.mjs';
import { requireTurnServer, startTurn } from './turn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parley-'));
test.after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} script @returns {string} its path */
const program = (name, script) => {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  return path;
};

/** Listens on the configured address and prints the configuration. */
const listening = `
const { readFileSync } = require('node:fs');
const configuration = readFileSync(process.argv[3], 'utf8');
console.log(configuration);
const [, host] = /listening-ip=(.*)/.exec(configuration);
const [, port] = /listening-port=(.*)/.exec(configuration);
require('node:net').createServer().listen(Number(port), host);
`;

test('coturn is found on the path; if it is missing, the message has the remedy', () => {
  assert.throws(
    () => requireTurnServer({ PATH: '/nowhere' }),
    (error) => error instanceof Refusal && /apt-get install coturn[^]*leave out --turn/.test(error.message),
  );
  const path = program('turnserver', '');
  assert.equal(requireTurnServer({ PATH: ['/nowhere', folder].join(delimiter) }), path);
});

test('each start has a secret of its own, from which its credentials are derived', async () => {
  const first = await startTurn({ program: program('listening', listening), folder: join(folder, 'first') });
  const second = await startTurn({
    program: program('listening', listening),
    folder: join(folder, 'second'),
  });
  try {
    const [udp = '', tcp = ''] = first.urls;
    assert.match(udp, /^turn:127\.0\.0\.1:\d+\?transport=udp$/);
    assert.equal(tcp, udp.replace('udp', 'tcp'));
    const now = Date.now();
    const [{ urls, credential }] = JSON.parse(first.document(now).servers);
    assert.deepEqual(urls, first.urls);
    assert.equal(first.document(now).validUntil?.getTime(), Math.floor(now / 1_000) * 1_000 + 7 * 86_400_000);
    assert.equal(statSync(join(folder, 'first', 'turnserver.conf')).mode & 0o777, 0o600);
    assert.notEqual(JSON.parse(second.document(now).servers)[0].credential, credential);
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
});

test('a server that does not start is reported with its last output', async () => {
  const broken = program('broken', 'console.log("no such device"); process.exit(1)');
  await assert.rejects(
    startTurn({ program: broken, folder: join(folder, 'third') }),
    /did not start[^]*no such device/,
  );
});
