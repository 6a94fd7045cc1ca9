import angular from 'angular-eslint';
import boundaries from 'eslint-plugin-boundaries';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { notedErrors } from './tools/noted-errors.mjs';

/**
 * Allowed imports between the folders of src/app. A folder may import itself and the folders named here; from those in
 * `types`, only types. Specs may import anything; nothing else may import `testing`.
 *
 * @type {Record<string, { values?: string[], types?: string[] }>}
 */
const arrows = {
  loading: {},
  values: {},
  rx: { values: ['log'] },
  text: {},
  log: { values: ['loading'] },
  layout: {},
  storage: { values: ['log', 'text'] },
  rtc: { values: ['log', 'loading', 'rx', 'values'] },
  media: { values: ['loading', 'log', 'storage'] },
  firebase: { values: ['loading', 'log', 'storage'] },
  wire: { values: ['log', 'rtc', 'loading'] },
  signaling: { values: ['log', 'rtc', 'firebase', 'text', 'values'] },
  servers: { values: ['signaling', 'rtc', 'firebase', 'log', 'storage', 'values'] },
  topology: { types: ['signaling'] },
  links: { values: ['log', 'wire', 'rtc', 'firebase', 'loading', 'values'], types: ['signaling'] },
  speaking: { values: ['wire', 'media', 'loading', 'rx'], types: ['rtc'] },
  pictures: { values: ['log', 'wire', 'loading', 'media', 'rx', 'values'], types: ['rtc'] },
  files: { values: ['log', 'wire', 'loading', 'storage', 'values'] },
  mixing: { values: ['log', 'files', 'layout', 'loading', 'storage', 'values'] },
  activity: {
    values: [
      'log',
      'pictures',
      'speaking',
      'mixing',
      'wire',
      'media',
      'loading',
      'rx',
      'storage',
      'text',
      'values',
    ],
  },
  call: {
    values: [
      'log',
      ...[
        'activity',
        'files',
        'links',
        'servers',
        'topology',
        'wire',
        'signaling',
        'rtc',
        'media',
        'firebase',
      ],
      ...['loading', 'rx', 'storage', 'values'],
    ],
  },
  people: {
    values: ['signaling', 'rtc', 'media', 'firebase', 'loading', 'log', 'storage', 'text', 'values'],
  },
  doctor: { values: ['call', 'servers', 'rtc', 'media', 'firebase', 'log'] },
  i18n: { values: ['loading', 'log', 'storage', 'text'] },
  ui: { values: ['i18n', 'loading', 'log', 'storage'], types: ['call', 'people', 'media'] },
  pwa: { values: ['ui', 'i18n', 'loading', 'log'] },
  pages: {
    values: [
      ...[
        'call',
        'activity',
        'files',
        'mixing',
        'pictures',
        'speaking',
        'servers',
        'wire',
        'people',
        'doctor',
        'media',
      ],
      ...['ui', 'i18n', 'pwa', 'layout', 'loading', 'log', 'storage', 'text'],
    ],
  },
};
const folders = Object.keys(arrows);

/** @param {string} from */
const policies = (from) => {
  const { values = [], types = [] } = arrows[from] ?? {};
  const policy = { from: { element: { type: from } } };
  return [
    { ...policy, allow: { to: { element: { types: { anyOf: [from, ...values] } } } } },
    ...(types.length > 0
      ? [{ ...policy, allow: { to: { element: { types: { anyOf: types } } }, dependency: { kind: 'type' } } }]
      : []),
  ];
};

/** ESLint's own rules for code that is always a mistake and that TypeScript does not find. */
const core = Object.fromEntries(
  [
    ...['no-async-promise-executor', 'no-cond-assign', 'no-constant-condition', 'no-control-regex'],
    ...['no-debugger', 'no-dupe-else-if', 'no-empty', 'no-empty-character-class', 'no-empty-pattern'],
    ...['no-loss-of-precision', 'no-misleading-character-class', 'no-prototype-builtins', 'no-self-assign'],
    ...['no-self-compare', 'no-sparse-arrays', 'no-template-curly-in-string', 'no-unsafe-finally'],
    ...['no-unsafe-optional-chaining', 'no-useless-catch', 'no-useless-escape', 'use-isnan', 'valid-typeof'],
  ].map((name) => [name, 'error']),
);

/** Node's test runner waits for the promises that these return. */
const nodeTest = ['test', 'it', 'suite', 'describe', 'before', 'after', 'beforeEach', 'afterEach'];

const specs = ['src/**/*.spec.ts', 'src/**/*.contract.ts', 'src/app/testing/**/*.ts'];
const programs = ['tools', 'rules', 'e2e', 'bench'].flatMap((folder) => [
  `${folder}/**/*.ts`,
  `${folder}/**/*.mjs`,
]);

const peerConnection = {
  selector: "NewExpression[callee.name='RTCPeerConnection']",
  message: 'Only rtc/ creates peer connections. Subscribe to one there: unsubscribing closes it.',
};
/** Using any of these throws if the browser blocks storage. */
const storages = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'];
const storageMessage =
  'Go through storage/: storage may throw on every use, and no failure may blank a page.';
const siteStorage = {
  selector:
    "MemberExpression[property.name='storage'][object.name='navigator'], MemberExpression[property.name='storage'][object.property.name='navigator']",
  message: storageMessage,
};
const database = {
  regex: '^idb(/|$)',
  message: 'Only people/kept-database.ts and mixing/recording-database.ts open databases.',
};
const firebaseImports = {
  regex: '^(@angular/fire|@?firebase)(/|$)',
  message: 'Only firebase/, signaling/ and people/ import Firebase.',
};
const unlimited = {
  selector: "CallExpression[callee.name='fetch'][arguments.length=1]",
  message: 'Every request needs a time limit: pass a signal (AbortSignal.timeout).',
};

const worker = {
  selector: ":not(ArrowFunctionExpression) > NewExpression[callee.name='Worker']",
  message:
    'A worker’s script may be lost: give worker$ of loading/workers.ts a function that creates the worker.',
};

const dollar = {
  selector:
    ":matches(PropertyDefinition, TSPropertySignature)[typeAnnotation.typeAnnotation.typeName.name='Observable'] > Identifier.key:not([name=/[$]$/])",
  message: 'End the names of observables in $.',
};

const wallClock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]" },
  // debounceTime compares times of the device's clock, and stalls when that clock is set back.
  { selector: "ImportSpecifier[imported.name='debounceTime']" },
].map(({ selector }) => ({
  selector,
  message:
    'Measure ages and pauses with elapsed() of loading/clock.ts; wallTime() is for times that outlive the page.',
}));
/**
 * While an input method composes, its keys are not the app's. Safari reports the input method's Enter like any other,
 * except for `keyCode` 229. So keys that finish or leave something are read in one place.
 */
const composing = [
  'MemberExpression[property.name=/^(isComposing|keyCode)$/]',
  'ObjectPattern > Property[key.name=/^(isComposing|keyCode)$/]',
  'BinaryExpression[operator=/^[!=]==?$/] > Literal[value=/^(Enter|Escape)$/]',
  'SwitchCase > Literal[value=/^(Enter|Escape)$/]',
  'Property > Literal.key[value=/^\\((\\w+:)?key(down|up|press)\\..*(enter|escape)\\)$/i]',
].map((selector) => ({ selector, message: 'Use isPressed or isComposing of ui/pressed.ts.' }));
const composingInTemplate = {
  selector: 'BoundEvent[name=/^key(down|up|press)[.].*(enter|escape)/i]',
  message: 'Listen to keydown and use isPressed of ui/pressed.ts: an input method may be composing.',
};

const everywhere = [peerConnection, unlimited, siteStorage, worker, dollar, ...wallClock, ...composing];
/**
 * @param {...object} left the rules to leave out
 * @returns {['error', ...object[]]}
 */
const allBut = (...left) => ['error', ...everywhere.filter((rule) => !left.includes(rule))];

/** Limits only end tests that hang; bench/ measures how fast Parley is. */
const limits = {
  browsers: [
    {
      selector: "CallExpression[callee.property.name='waitForTimeout']",
      message: 'Wait for what a person would see. To check that something does not happen, use `pass`.',
    },
    ...[
      'Property[key.name=/^(timeout|actionTimeout|navigationTimeout|protocolTimeout)$/] > Literal.value',
      'CallExpression[callee.property.name=/^set(Default)?(Navigation)?Timeout$/] > Literal.arguments',
    ].map((selector) => ({ selector, message: 'Limits depend on the machine: use `within(…)`.' })),
  ],
  specs: {
    selector: "CallExpression[callee.name='timeout'] > Literal.arguments",
    message: 'Limits depend on the machine: use `within(…)`.',
  },
};

const spoken =
  '/^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)$/';
const untranslated = [
  `TextAttribute[name=${spoken}][value=/\\p{L}/u]`,
  `BoundAttribute[name=${spoken}] > ASTWithSource > LiteralPrimitive`,
  'BoundText > ASTWithSource > Interpolation > LiteralPrimitive',
].map((selector) => ({
  selector,
  message: 'Take texts from src/app/i18n, which has them in every language.',
}));

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.angular/',
      '.parley/',
      '.firebase/',
      'reports/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js'] })],
      'import-x/extensions': ['.ts', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true, allowUnsafeDynamicCyclicDependency: true }],
      ...core,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: nodeTest }] },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Ports declare promises, even where an implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // TypeScript's own noUnused… options find them.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    plugins: { parley: { rules: { 'noted-errors': notedErrors } } },
    languageOptions: {
      parserOptions: { project: 'tsconfig.spec.json', tsconfigRootDir: import.meta.dirname },
    },
    processor: angular.processInlineTemplates,
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'fit', 'fdescribe'],
      'no-restricted-syntax': allBut(),
      'parley/noted-errors': 'error',
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/component-selector': [
        'error',
        [
          { type: 'element', prefix: 'parley', style: 'kebab-case' },
          { type: 'attribute', prefix: 'parley', style: 'camelCase' },
        ],
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'parley', style: 'camelCase' },
      ],
    },
  },
  {
    files: ['src/app/**/*.ts'],
    ignores: ['src/**/*.spec.ts', 'src/**/*.contract.ts', 'src/app/i18n/**'],
    rules: { 'max-lines': ['error', 300] },
  },
  { files: ['src/app/rtc/**/*.ts'], rules: { 'no-restricted-syntax': allBut(peerConnection) } },
  { files: ['src/app/loading/clock.ts'], rules: { 'no-restricted-syntax': allBut(...wallClock) } },
  { files: ['src/app/storage/**/*.ts'], rules: { 'no-restricted-syntax': allBut(siteStorage) } },
  { files: ['src/app/ui/pressed.ts'], rules: { 'no-restricted-syntax': allBut(...composing) } },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/app/storage/**', ...specs],
    rules: {
      'no-restricted-globals': [
        'error',
        'fit',
        'fdescribe',
        ...storages.map((name) => ({ name, message: storageMessage })),
      ],
      'no-restricted-properties': [
        'error',
        ...storages.map((property) => ({ property, message: storageMessage })),
        { object: 'document', property: 'cookie', message: storageMessage },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/app/{firebase,signaling,people}/**', ...specs],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [firebaseImports, database],
        },
      ],
    },
  },
  {
    files: ['src/app/mixing/recording-database.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [firebaseImports] }] },
  },
  {
    files: ['src/app/{firebase,signaling,people}/**/*.ts'],
    ignores: ['src/app/people/kept-database.ts', ...specs],
    rules: { 'no-restricted-imports': ['error', { patterns: [database] }] },
  },
  {
    files: ['src/app/*/**/*.ts'],
    ignores: specs,
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts'] } },
      'boundaries/include': ['src/app/**/*'],
      'boundaries/elements': [...folders, 'testing'].map((type) => ({ type, pattern: `src/app/${type}` })),
    },
    rules: {
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': ['error', { default: 'disallow', policies: folders.flatMap(policies) }],
    },
  },
  {
    files: specs,
    rules: {
      // Specs read methods of fakes and spies without calling them, and fakes leave functions empty.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      'no-restricted-syntax': ['error', limits.specs],
      'parley/noted-errors': 'off',
    },
  },
  {
    files: ['src/app/**/*.html'],
    // ESLint sees the inline templates of specs as files inside the spec.
    ignores: ['src/app/**/*.spec.ts/*', 'src/app/testing/**'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      // Our own buttons get their content from `label`.
      '@angular-eslint/template/elements-content': ['error', { allowList: ['label'] }],
      // Texts that people read or hear come from a dictionary.
      '@angular-eslint/template/i18n': ['error', { checkId: false, checkText: true, checkAttributes: false }],
      'no-restricted-syntax': ['error', ...untranslated, composingInTemplate],
    },
  },
  {
    files: [...programs, '*.mjs'],
    languageOptions: {
      parserOptions: { project: 'tsconfig.tools.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: ['e2e/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...limits.browsers] } },
  {
    files: ['**/*.mjs'],
    rules: {
      // Scripts that read the project's own files trust the result of JSON.parse.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
