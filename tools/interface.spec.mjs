// Programs outside this repository find elements by the names in docs/interface.md, so the names there must be those of the app.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { register } from 'tsx/esm/api';

register();

const { en } = await import('../src/app/i18n/en.ts');
const { callEn } = await import('../src/app/i18n/call.en.ts');
const { peopleEn } = await import('../src/app/i18n/people.en.ts');
const { checkEn } = await import('../src/app/i18n/check.en.ts');

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
const parts = { shell: en, call: callEn, people: peopleEn, check: checkEn };

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
