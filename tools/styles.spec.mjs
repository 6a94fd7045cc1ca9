import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { faults } from './styles.mjs';

/** @param {string} path @param {string} source */
const lines = (path, source) => faults(path, source).map(({ line, style }) => `${line} ${style}`);

for (const style of [
  'left: 0;',
  'margin-left: 1rem;',
  'padding-right: 1rem;',
  'border-left: 1px solid;',
  'border-top-left-radius: 1rem;',
  'text-align: left;',
  'float: right;',
  'background: linear-gradient(to right, red, blue);',
  'padding: 0 1rem 0 0.75rem;',
  'inset: auto 0 0 auto;',
  'margin: 0 calc(1rem + 2px) 0 calc(1rem + 3px);',
  'border-radius: 1rem 1rem 1rem 0;',
  'border-radius: 1rem 0;',
  'translate: 1.25rem 0;',
  'translate: -50%;',
  'transform: translateX(50%) scale(0.5);',
  'inset-inline: var(--parley-safe-left) var(--parley-safe-right);',
]) {
  test(`“${style}” is found`, () => {
    assert.deepEqual(lines('a.scss', `// left: 0;\n.a {\n  &:hover {\n    ${style}\n  }\n}\n`), [
      `4 ${style}`,
    ]);
    assert.deepEqual(
      lines('a.ts', `const left = 0;\nconst a = {\n  styles: \`\n    .a { ${style} }\`,\n};`),
      [`4 ${style}`],
    );
  });
}

for (const style of [
  'inset: 0;',
  'inset: auto 0 0;',
  'padding: 0 1rem 0.5rem;',
  'margin-inline: auto 1rem;',
  'text-align: start;',
  'padding: calc(1px + var(--parley-safe-top)) calc(1px + var(--parley-safe-right)) 0\n  calc(1px + var(--parley-safe-left));',
  'border-radius: 1rem 1rem 0 0;',
  'translate: 0 -0.125rem;',
  'transform: translateY(-40%) scale(0.5);',
  '--parley-safe-left: env(safe-area-inset-left, 0px);',
]) {
  test(`“${style}” is fine`, () => assert.deepEqual(lines('a.scss', `.a {\n  ${style}\n}\n`), []));
}

test('a binding of a template is found', () => {
  assert.deepEqual(lines('a.html', '<p\n  [style.left.px]="x" [style.inset-inline-start.px]="x"></p>'), [
    '2 [style.left.px]',
  ]);
});

test('no style in the app names left or right', () => {
  const root = new URL('../src/', import.meta.url);
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:scss|css|html|ts)$/.test(path) && !path.endsWith('.spec.ts'))
    .flatMap((path) =>
      faults(path, readFileSync(new URL(path, root), 'utf8')).map(
        ({ line, style, instead }) => `src/${path}:${line} “${style}”: use ${instead}`,
      ),
    );
  assert.deepEqual(found, []);
});
