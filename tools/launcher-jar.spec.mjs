import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { launcherJar } from './launcher-jar.mjs';
import { withJava } from './java.mjs';

const folder = mkdtempSync(
  join(tmpdir(), 'a folder with spaces and a name of more than seventy-two letters '),
);
const target = pathToFileURL(join(folder, 'emulator.jar'));
const jar = launcherJar('com.example.Main', target);

test('no line of the manifest has more than 72 bytes, and joined they give the requested values', () => {
  const begin = jar.indexOf('Manifest-Version');
  const manifest = jar.subarray(begin, jar.indexOf('\r\n\r\n', begin)).toString();
  assert.ok(manifest.split('\r\n').every((line) => line.length <= 72));
  assert.deepEqual(manifest.replaceAll('\r\n ', '').split('\r\n'), [
    'Manifest-Version: 1.0',
    'Main-Class: com.example.Main',
    `Class-Path: ${target.href}`,
  ]);
});

test('Java opens the jar and looks for the class that it names', (t) => {
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'launcher.jar');
  writeFileSync(path, jar);
  const { stderr } = spawnSync('java', ['-jar', path], { env: withJava(), encoding: 'utf8' });
  assert.match(stderr, /ClassNotFoundException: com\.example\.Main/);
});
