import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faults } from './prose.mjs';

/** @param {string} path @param {string} source */
const words = (path, source) => faults(path, source).map(({ line, words }) => `${line} ${words}`);

const ruledOut = [
  ['Whoever has the code can join.', 'Whoever'],
  ['Somebody has to start it.', 'Somebody'],
  ['The peer is told of it.', 'is told'],
  ['The camera is gone.', 'is gone'],
  ['A guest is let in by a member.', 'is let in'],
  ['The connection is made anew.', 'anew'],
  ['A lost answer is mended by sending it again.', 'mended'],
  ['The tile is taken away without a goodbye.', 'without a goodbye'],
  ['What does not open is dropped.', 'What does not open is'],
  ['So long is waited for an answer.', 'So long is'],
  ['In order to join, press the button.', 'In order to'],
];

for (const [sentence = '', found = ''] of ruledOut) {
  test(`“${found}” is found in a comment, in a document and in a text`, () => {
    assert.deepEqual(words('src/a.ts', `const a = 1;\n/** ${sentence} */\nconst b = 2;`), [`2 ${found}`]);
    assert.deepEqual(words('docs/a.md', `# Title\n\n${sentence}\n`), [`3 ${found}`]);
    assert.deepEqual(words('src/app/i18n/a.en.ts', `export const aEn = {\n  key: '${sentence}',\n};`), [
      `2 ${found}`,
    ]);
    assert.deepEqual(words('firestore.rules', `// ${sentence}\nallow read;`), [`1 ${found}`]);
  });
}

test('a unit behind a comma ends no comment', () => {
  assert.deepEqual(words('a.ts', '/** Time until the next try, ms. */\nconst a = 1;'), ['1 , ms. */']);
  assert.deepEqual(words('a.ts', '/** Delay before the next try, in ms. */\nconst a = 1;'), []);
});

test('titles of tests are prose; other strings and code are not', () => {
  assert.deepEqual(words('a.spec.ts', "describe('a call', () => it('lets somebody in', () => {}));"), [
    '1 somebody',
  ]);
  assert.deepEqual(words('a.ts', "const somebody = 'somebody';"), []);
  assert.deepEqual(words('a.md', '`somebody` and\n\n```ts\nconst anew = 1;\n```\n'), []);
});

test('plain English passes', () => {
  const text = 'The host can remove a member. If the commit times out, the caller retries it after 2 s.';
  assert.deepEqual(words('a.md', text), []);
});
