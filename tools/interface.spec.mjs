// Programs outside this repository find elements by the names in docs/interface.md, so the names there must be those of the app.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { register } from 'tsx/esm/api';

register();

/** @param {string} path below src/app/i18n */
const load = (path) => import(`../src/app/i18n/${path}`);

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
const parts = {
  shell: (await load('en.ts')).en,
  call: (await load('call.en.ts')).callEn,
  adding: (await load('adding.en.ts')).addingEn,
  hosting: (await load('hosting.en.ts')).hostingEn,
  knock: (await load('knock.en.ts')).knockEn,
  later: (await load('later.en.ts')).laterEn,
  troubles: (await load('troubles.en.ts')).troublesEn,
  files: (await load('files.en.ts')).filesEn,
  people: (await load('people.en.ts')).peopleEn,
  check: (await load('check.en.ts')).checkEn,
  statistics: (await load('statistics.en.ts')).statisticsEn,
  scan: (await load('scan.en.ts')).scanEn,
  log: (await load('log.en.ts')).logEn,
  message: (await load('message.en.ts')).messageEn,
  devices: (await load('devices.en.ts')).devicesEn,
  crowd: (await load('crowd.en.ts')).crowdEn,
};

const document = readFileSync(new URL('../docs/interface.md', import.meta.url), 'utf8');
const rows = [...document.matchAll(/^\|([^|]+)\|([^|]+)\|[^|]+\| *`(\w+):([\w.]+)` *\|$/gm)].map(
  ([, role = '', name = '', part = '', key = '']) => ({ role: role.trim(), name: name.trim(), part, key }),
);

test('the document has a row for every line of its table', () => {
  assert.ok(rows.length > 60);
  assert.equal(rows.length, document.split('\n').filter((line) => line.startsWith('|')).length - 2);
});

for (const { role, name, part, key } of rows) {
  test(`${role} “${name}” is ${part}:${key}`, () => assert.equal(name, parts[part]?.[key]));
}
