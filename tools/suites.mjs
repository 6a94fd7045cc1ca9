import { readdirSync } from 'node:fs';

import { countJunit, countPlaywright } from './reports.mjs';
import { inProject, installed, inState } from './project.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {readonly string[][]} commands arguments of Node, run one after the other
 * @property {number} limit how long each command may take on an idle machine, in ms; after that it is ended and has
 *   failed
 * @property {string} [report] path of the report that the last command writes; without one, the suite counts as a
 *   single test
 * @property {(report: string) => import('./reports.mjs').Count} [read]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {readonly import('./browsers.mjs').Browser[]} [browsers]
 * @property {readonly import('./packages.mjs').Program[]} [programs] optional programs, which allow more tests
 * @property {boolean} [emulators] whether it uses the emulators; the environment says where they are
 * @property {boolean} [onRequest] whether it runs only when named: it takes long, and its result rarely changes
 * @property {boolean} [alone] whether no other suite may run beside it
 * @property {boolean} [site] whether the emulators must serve a production build
 */

const reports = inProject('reports');
const ng = installed('@angular/cli/bin/ng.js');
const tsc = installed('typescript/bin/tsc');

const minutes = 60_000;

/** Node's own runner, with one report for people and one for counting. @param {string} report */
const nodeTest = (report) => [
  '--test',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=junit',
  `--test-reporter-destination=${report}`,
];

/** @param {string} name */
const junit = (name) => ({ report: inProject('reports', `${name}.xml`), read: countJunit });

/** @param {string} name */
const karma = (name) => ({ ...junit(name), env: { KARMA_REPORT_DIR: reports, KARMA_REPORT: `${name}.xml` } });

/** All suites, in the order in which they start: the slowest first. @returns {Suite[]} */
export const suites = () => [
  {
    name: 'unit',
    commands: [[ng, 'test']],
    limit: 20 * minutes,
    browsers: ['chromium'],
    ...karma('unit'),
  },
  {
    name: 'contract',
    commands: [[ng, 'test', '--configuration', 'contract']],
    limit: 10 * minutes,
    browsers: ['chromium'],
    emulators: true,
    ...karma('contract'),
  },
  {
    name: 'rules',
    commands: [
      [
        ...['--import', 'tsx', '--test-concurrency=1'],
        ...nodeTest(inProject('reports', 'rules.xml')),
        'rules/all.spec.ts',
      ],
    ],
    limit: 15 * minutes,
    emulators: true,
    ...junit('rules'),
  },
  {
    name: 'mutants',
    commands: [
      [
        ...['--import', 'tsx', '--test-concurrency=1'],
        ...nodeTest(inProject('reports', 'mutants.xml')),
        'rules/mutants.spec.ts',
      ],
    ],
    limit: 60 * minutes,
    emulators: true,
    onRequest: true,
    ...junit('mutants'),
    env: { RULES_ATTACKS: 'record' },
  },
  {
    name: 'lint',
    commands: [[installed('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
    limit: 10 * minutes,
  },
  {
    name: 'words',
    commands: [[inProject('tools/prose.mjs')]],
    limit: 5 * minutes,
  },
  {
    name: 'types',
    commands: [
      // Angular's compiler also checks the templates.
      [installed('@angular/compiler-cli/bundles/src/bin/ngc.js'), '-p', 'tsconfig.app.json', '--noEmit'],
      [tsc, '-p', 'tsconfig.spec.json', '--noEmit'],
      [tsc, '-p', 'tsconfig.tools.json', '--noEmit'],
    ],
    limit: 10 * minutes,
  },
  {
    name: 'format',
    commands: [
      [
        installed('prettier/bin/prettier.cjs'),
        ...['--check', '.', '--log-level', 'warn'],
        ...['--cache', '--cache-strategy', 'content', '--cache-location', inState('prettier-cache')],
      ],
    ],
    limit: 10 * minutes,
  },
  {
    name: 'tools',
    commands: [[...nodeTest(inProject('reports', 'tools.xml')), ...specs('tools')]],
    limit: 10 * minutes,
    ...junit('tools'),
  },
  {
    name: 'e2e',
    commands: [
      [
        installed('@playwright/test/cli.js'),
        ...['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', '--forbid-only'],
      ],
    ],
    limit: 120 * minutes,
    report: inProject('reports', 'e2e.json'),
    read: countPlaywright,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: inProject('reports', 'e2e.json') },
    browsers: ['chromium', 'shell', 'firefox'],
    programs: ['ip'],
    alone: true,
    emulators: true,
    site: true,
  },
  {
    name: 'nat',
    commands: [
      [
        installed('@playwright/test/cli.js'),
        ...['test', '-c', 'e2e/nat/playwright.config.ts', '--reporter=list,json', '--forbid-only'],
      ],
    ],
    limit: 20 * minutes,
    report: inProject('reports', 'nat.json'),
    read: countPlaywright,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: inProject('reports', 'nat.json') },
    browsers: ['chromium'],
    programs: ['ip', 'nft', 'turnserver'],
    alone: true,
    emulators: true,
    site: true,
  },
];

/** @param {string} folder */
const specs = (folder) =>
  readdirSync(inProject(folder))
    .filter((name) => name.endsWith('.spec.mjs'))
    .sort()
    .map((name) => `${folder}/${name}`);
