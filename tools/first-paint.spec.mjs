import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { withFirstPaint } from './first-paint.mjs';

const page = `<head><script src="boot.js"></script><link rel="icon" href="icon.svg"><link rel="stylesheet" href="styles-1.css"></head>
<body><script src="main-1.js" type="module"></script></body>`;
/** @param {Record<string, string>} files */
const read = (files) => (/** @type {string} */ path) => files[path] ?? assert.fail(`${path} was read`);

test('resources that block the first paint are inlined into the page', () => {
  const files = { 'boot.js': "say('$& $1');", 'styles-1.css': "p::after{content:'$&'}" };
  const result = withFirstPaint(page, read(files));
  assert.equal(
    result.page,
    `<head><script>${files['boot.js']}</script><link rel="icon" href="icon.svg"><style>${files['styles-1.css']}</style></head>
<body><script src="main-1.js" type="module"></script></body>`,
  );
  assert.deepEqual(result.paths, ['styles-1.css', 'boot.js']);
  const hash = createHash('sha256').update(files['boot.js']).digest('base64');
  assert.deepEqual(result.hashes, [`'sha256-${hash}'`]);
});

for (const [what, files] of Object.entries({
  'a script': { 'boot.js': 'const end = "</script>";', 'styles-1.css': '' },
  'a comment in a script': { 'boot.js': 'const begin = "<!--";', 'styles-1.css': '' },
  'a style': { 'boot.js': '', 'styles-1.css': 'p::after{content:"</style>"}' },
}))
  test(`${what} that would end its element is refused`, () => {
    assert.throws(() => withFirstPaint(page, read(files)), /can't be put into the page/);
  });
