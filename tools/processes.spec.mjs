import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

import { find, launch, run } from './processes.mjs';

/** A script that prints the id of its child, which has a process group of its own. Both then wait forever. */
const family = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
    { detached: true, stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

/** @param {number} pid */
const exists = (pid) => find(pid) !== undefined;

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
const firstWords = async ({ stdout }) => String((await once(/** @type {never} */ (stdout), 'data'))[0]);

test('ending a process ends its descendants, even in other groups and ignoring SIGTERM', async () => {
  const parent = launch(process.execPath, ['-e', family], { stdio: ['ignore', 'pipe', 'inherit'] });
  const grandchild = Number(await firstWords(parent.child));
  assert.ok(exists(parent.pid) && exists(grandchild));
  await parent.end();
  assert.ok(!exists(parent.pid), 'the child is gone');
  assert.ok(!exists(grandchild), 'the grandchild is gone');
});

test('remembered processes are ended even if their parent died before', async () => {
  const parent = launch(process.execPath, ['-e', family], { stdio: ['ignore', 'pipe', 'inherit'] });
  const grandchild = Number(await firstWords(parent.child));
  parent.remember();
  process.kill(parent.pid, 'SIGKILL');
  await parent.exit;
  assert.ok(exists(grandchild));
  await parent.end();
  assert.ok(!exists(grandchild));
});

test('a program that exceeds its limit is ended', async () => {
  const { timedOut } = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limit: 200 });
  assert.equal(timedOut, true);
});

test('the exit code is passed on, and a missing program fails', async () => {
  assert.equal((await run(process.execPath, ['-e', 'process.exit(7)'])).code, 7);
  assert.notEqual((await run('/nowhere/to/be/found', [])).code, 0);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  test(`${signal} ends everything, then the command itself`, async () => {
    const script = `
      import { endAllOnSignal, launch } from ${JSON.stringify(new URL('./processes.mjs', import.meta.url).href)};
      endAllOnSignal(0);
      launch(process.execPath, ['-e', ${JSON.stringify(family)}]);
    `;
    const tool = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const grandchild = Number(await firstWords(tool));
    tool.kill(signal);
    assert.deepEqual(await once(tool, 'exit'), [0, null]);
    assert.ok(!exists(grandchild));
  });
}
