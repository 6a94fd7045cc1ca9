import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { architecture, circleIn, drawn, importsOf, layers, reduced, withDrawing } from './architecture.mjs';
import { inProject } from './project.mjs';

/** A graph from `a: b c` with a `?` after what is imported for its types only. @param {string} text */
const graphOf = (text) =>
  new Map(
    text.split('\n').map((line) => {
      const [from = '', to = ''] = line.trim().split(':');
      return [
        from,
        new Map(
          to
            .split(' ')
            .filter((name) => name !== '')
            .map((name) => [
              name.replace('?', ''),
              /** @type {'type' | 'value'} */ (name.endsWith('?') ? 'type' : 'value'),
            ]),
        ),
      ];
    }),
  );

/** @param {ReadonlyMap<string, ReadonlyMap<string, string>>} graph */
const arrows = (graph) => [...graph].flatMap(([from, to]) => [...to.keys()].map((name) => `${from} ${name}`));

test('folders of the app import each other in no circle', () => {
  assert.equal(circleIn(architecture().graph), null);
});

test('the picture in docs/architecture.md matches the imports', () => {
  const { document, current } = architecture();
  assert.equal(document, current, 'Run `node tools/architecture.mjs`.');
});

test('docs/architecture.md and CONTRIBUTING.md say what each folder is for', () => {
  const { graph, document } = architecture();
  const contributing = readFileSync(inProject('CONTRIBUTING.md'), 'utf8');
  for (const folder of graph.keys()) {
    assert.match(document, new RegExp(`^\\|[^|]*\`${folder}\`[^|]*\\|`, 'm'), folder);
    assert.match(contributing, new RegExp(`^\\| \`${folder}\` +\\|`, 'm'), folder);
  }
});

for (const [source, module, kind] of [
  ["import { a } from './a';", './a', 'value'],
  ["import { type A } from './a';", './a', 'type'],
  ["import { type A, b } from './a';", './a', 'value'],
  ["import type { A } from './a';", './a', 'type'],
  ["import a, { type A } from './a';", './a', 'value'],
  ["import * as a from './a';", './a', 'value'],
  ["import './a';", './a', 'value'],
  ["export { a } from './a';", './a', 'value'],
  ["export type { A } from './a';", './a', 'type'],
  ["const load = () => import('./a');", './a', 'value'],
  ["type A = import('./a').A;", './a', 'type'],
]) {
  test(`${source} imports a ${kind}`, () => assert.deepEqual(importsOf(source ?? ''), [{ module, kind }]));
}

test('text that looks like an import is none', () => {
  assert.deepEqual(importsOf('// import { a } from "./a";\nconst text = "import { a } from \'./a\'";'), []);
});

test('finds a circle, of types too', () => {
  assert.equal(circleIn(graphOf('a:b\nb:c\nc:b?')), 'b → c → b');
  assert.throws(() => layers(graphOf('a:b\nb:a')), /a → b → a/);
  assert.equal(circleIn(graphOf('a:b c\nb:c\nc:')), null);
});

test('a folder stands directly above the highest that it imports', () => {
  assert.deepEqual(layers(graphOf('a:b d\nb:c\nc:\nd:')), [['c', 'd'], ['b'], ['a']]);
});

test('leaves out arrows that others imply', () => {
  assert.deepEqual(arrows(reduced(graphOf('a:b c d\nb:c\nc:\nd:'))), ['a b', 'a d', 'b c']);
});

test('draws folders, arrows and layers', () => {
  assert.equal(
    drawn(graphOf('a:b?\nb:c\nc:')),
    [
      '```mermaid',
      'flowchart TD',
      '  a_["a"]',
      '  b_["b"]',
      '  c_["c"]',
      '  a_ -.-> b_',
      '  b_ --> c_',
      '```',
      '',
      '- Layer 3: `a`',
      '- Layer 2: `b`',
      '- Layer 1: `c`',
    ].join('\n'),
  );
});

test('replaces the drawing and nothing else', () => {
  const { document } = architecture();
  const changed = withDrawing(document, 'new');
  assert.equal(withDrawing(changed, 'new'), changed);
  assert.ok(changed.includes('\n\nnew\n\n'));
  assert.equal(changed.slice(0, 80), document.slice(0, 80));
  assert.throws(() => withDrawing('no place', 'new'));
});
