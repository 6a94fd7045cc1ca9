import angular from 'angular-eslint';
import boundaries from 'eslint-plugin-boundaries';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What may import what (docs: Layout). A folder may import itself and what is named here; from those after `types`, only
 * types. Specs are free, and nothing else may import `testing`.
 *
 * @type {Record<string, { values?: string[], types?: string[] }>}
 */
const arrows = {
  loading: {},
  storage: {},
  text: {},
  rtc: { values: ['loading', 'text'] },
  media: { values: ['loading', 'storage'] },
  firebase: { values: ['loading', 'storage'] },
  signaling: { values: ['rtc', 'firebase', 'text'] },
  call: { values: ['signaling', 'rtc', 'media', 'firebase', 'loading', 'storage', 'text'] },
  people: { values: ['signaling', 'rtc', 'media', 'firebase', 'loading', 'storage', 'text'] },
  bridge: { values: ['signaling', 'rtc', 'media', 'firebase'] },
  doctor: { values: ['call', 'rtc', 'media', 'firebase'] },
  i18n: {
    values: ['ui', 'loading', 'storage', 'text'],
    types: ['call', 'people', 'bridge', 'doctor', 'media'],
  },
  ui: { values: ['i18n', 'loading', 'storage'], types: ['call', 'people', 'media'] },
  pwa: { values: ['ui', 'i18n', 'loading'] },
  pages: {
    values: [
      'call',
      'people',
      'bridge',
      'doctor',
      'media',
      'ui',
      'i18n',
      'pwa',
      'loading',
      'storage',
      'text',
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

/** ESLint's own rules for what is always a mistake and TypeScript does not find. */
const core = Object.fromEntries(
  [
    ...['no-async-promise-executor', 'no-cond-assign', 'no-constant-condition', 'no-control-regex'],
    ...['no-debugger', 'no-dupe-else-if', 'no-empty', 'no-empty-character-class', 'no-empty-pattern'],
    ...['no-loss-of-precision', 'no-misleading-character-class', 'no-prototype-builtins', 'no-self-assign'],
    ...['no-self-compare', 'no-sparse-arrays', 'no-template-curly-in-string', 'no-unsafe-finally'],
    ...['no-unsafe-optional-chaining', 'no-useless-catch', 'no-useless-escape', 'use-isnan', 'valid-typeof'],
  ].map((name) => [name, 'error']),
);

/** Node's test runner waits for what these return. */
const nodeTest = ['test', 'it', 'suite', 'describe', 'before', 'after', 'beforeEach', 'afterEach'];

const specs = ['src/**/*.spec.ts', 'src/**/*.contract.ts', 'src/app/testing/**/*.ts'];
const programs = ['tools', 'rules', 'e2e', 'bench'].flatMap((folder) => [
  `${folder}/**/*.ts`,
  `${folder}/**/*.mjs`,
]);

const peerConnection = {
  selector: "NewExpression[callee.name='RTCPeerConnection']",
  message:
    'Only rtc/ makes peer connections: subscribe to one there, and it is closed with the subscription.',
};
/** Using any of them throws where the browser blocks storage. */
const storages = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'];
const storageMessage =
  'Storage may throw on every use: only storage/ touches it, so that no failure blanks a page.';
const siteStorage = {
  selector:
    "MemberExpression[property.name='storage'][object.name='navigator'], MemberExpression[property.name='storage'][object.property.name='navigator']",
  message: storageMessage,
};
const database = {
  regex: '^idb(/|$)',
  message: 'Only people/kept-database.ts and call/recordings/recording-database.ts open databases.',
};
const firebaseImports = {
  regex: '^(@angular/fire|@?firebase)(/|$)',
  message: 'Only firebase/, signaling/ and people/ name Firebase.',
};
const unlimited = {
  selector: "CallExpression[callee.name='fetch'][arguments.length=1]",
  message: 'No request is waited for without a limit: pass a signal (AbortSignal.timeout).',
};

const dollar = {
  selector:
    ":matches(PropertyDefinition, TSPropertySignature)[typeAnnotation.typeAnnotation.typeName.name='Observable'] > Identifier.key:not([name=/[$]$/])",
  message: 'The name of an observable ends in $.',
};

const wallClock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]" },
  // It compares times of the device's clock, and stands still when that is set back.
  { selector: "ImportSpecifier[imported.name='debounceTime']" },
].map(({ selector }) => ({
  selector,
  message:
    'Measure ages and pauses with elapsed() of loading/clock.ts; wallTime() is for what outlives the page.',
}));
/**
 * What an input method composes is not finished: Safari reports its Enter like any other but for `keyCode` 229. So keys
 * that finish or leave something are read in one place.
 */
const composing = [
  'MemberExpression[property.name=/^(isComposing|keyCode)$/]',
  'ObjectPattern > Property[key.name=/^(isComposing|keyCode)$/]',
  'BinaryExpression[operator=/^[!=]==?$/] > Literal[value=/^(Enter|Escape)$/]',
  'SwitchCase > Literal[value=/^(Enter|Escape)$/]',
  'Property > Literal.key[value=/^\\((\\w+:)?key(down|up|press)\\..*(enter|escape)\\)$/i]',
].map((selector) => ({ selector, message: 'Ask isPressed or isComposing of ui/pressed.ts.' }));
const composingInTemplate = {
  selector: 'BoundEvent[name=/^key(down|up|press)[.].*(enter|escape)/i]',
  message: 'Listen to keydown and ask isPressed of ui/pressed.ts: an input method may be composing.',
};

const everywhere = [peerConnection, unlimited, siteStorage, dollar, ...wallClock, ...composing];
/**
 * @param {...object} left the rules that do not hold there
 * @returns {['error', ...object[]]}
 */
const allBut = (...left) => ['error', ...everywhere.filter((rule) => !left.includes(rule))];

/** Limits end what hangs; how fast Parley is, bench/ says. */
const limits = {
  browsers: [
    {
      selector: "CallExpression[callee.property.name='waitForTimeout']",
      message: 'Wait for what a person would see; time in which something must not happen is `pass`ed.',
    },
    ...[
      'Property[key.name=/^(timeout|actionTimeout|navigationTimeout|protocolTimeout)$/] > Literal.value',
      'CallExpression[callee.property.name=/^set(Default)?(Navigation)?Timeout$/] > Literal.arguments',
    ].map((selector) => ({ selector, message: 'A limit grows with the machine: `within(…)`.' })),
  ],
  specs: {
    selector: "CallExpression[callee.name='timeout'] > Literal.arguments",
    message: 'A limit grows with the machine: `within(…)`.',
  },
};

const spoken =
  '/^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)$/';
const untranslated = [
  `TextAttribute[name=${spoken}][value=/\\p{L}/u]`,
  `BoundAttribute[name=${spoken}] > ASTWithSource > LiteralPrimitive`,
  'BoundText > ASTWithSource > Interpolation > LiteralPrimitive',
].map((selector) => ({ selector, message: 'Texts come from src/app/i18n, in every language.' }));

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
      // A promise for the caller's sake, as ports ask for.
      '@typescript-eslint/require-await': 'off',
      // TypeScript's own noUnused… finds them.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    languageOptions: {
      parserOptions: { project: 'tsconfig.spec.json', tsconfigRootDir: import.meta.dirname },
    },
    processor: angular.processInlineTemplates,
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'fit', 'fdescribe'],
      'no-restricted-syntax': allBut(),
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
    files: ['src/app/call/recordings/recording-database.ts'],
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
      // Fakes and spies are looked at without being called, and stand in for more than they are.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      'no-restricted-syntax': ['error', limits.specs],
    },
  },
  {
    files: ['src/app/**/*.html'],
    // Templates of specs are inside files of theirs.
    ignores: ['src/app/**/*.spec.ts/*', 'src/app/testing/**'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      // The label is the content of our own buttons.
      '@angular-eslint/template/elements-content': ['error', { allowList: ['label'] }],
      // What people read or hear comes from a dictionary.
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
      // What JSON.parse gives is taken as it is in scripts that read the project's own files.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
