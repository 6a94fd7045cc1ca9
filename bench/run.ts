/**
 * `npm run bench [-- rounds]`: the time from the press of Join to the first frame of the peer, for Parley, for two
 * connections in one page, and for the codelab's flow. See README.md in this folder.
 */
import { chromium, type Browser } from '@playwright/test';
import { loadavg } from 'node:os';

import { checkDelay } from './check-delay';
import { delayingProxy } from './delaying-proxy';
import { pageFiles } from './page-files';
import { readResults, writeResults } from './publish';
import { aims, machine, median, row, table, type Results } from './report';
import { site, type Emulators } from './site';
import { CODELAB_PROJECT, measure, type Place, type Run, type Subject } from './subjects';
import { warmUp } from './warm-up';

/** Added round trip times, in ms. */
const ADDED = [0, 100] as const;
const SUBJECTS: readonly Subject[] = ['floor', 'parley', 'ring', 'codelab'];
const ROUNDS = 11;
const TRIES = 6;

const rounds = Number(process.argv[2] ?? ROUNDS);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`${process.argv[2]} is not a number of rounds.`);

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start the benchmark with "npm run bench".`);
  return value;
};
const emulators: Emulators = {
  hosting: new URL(setting('BASE_URL')),
  auth: Number(setting('AUTH_PORT')),
  firestore: Number(setting('FIRESTORE_PORT')),
};

await allowCodelab();
const warm = await warmUp(emulators, 'demo-parley');
console.log(`The emulator is warm: a join's commit takes ${warm.toFixed(0)} ms.`);
const files = await pageFiles();
const browser = await launch();
const closing: (() => void)[] = [];
try {
  const places = new Map<number, Place>();
  for (const added of ADDED) {
    const proxy = await delayingProxy(emulators.firestore, added);
    // Without an added delay there is no proxy.
    const firestore = added === 0 ? emulators.firestore : proxy.port;
    const served = await site(emulators, firestore, files);
    closing.push(
      () => served.close(),
      () => proxy.close(),
    );
    if (added > 0) console.log(await checkDelay(emulators.firestore, firestore, added));
    places.set(added, { browser, url: served.url, firestore });
  }
  const results = await measureAll(places);
  await publish(results);
} finally {
  await browser.close();
  closing.forEach((close) => close());
}

/** Rounds are interleaved, so that changes in the machine's load affect all subjects alike. The first round warms up. */
async function measureAll(places: ReadonlyMap<number, Place>): Promise<Results> {
  const runs = new Map<string, Run[]>();
  const nevers = new Map<string, number>();
  console.log(`One round to warm up, then ${rounds}. Load: ${load()}`);
  for (let round = 0; round <= rounds; round++) {
    const line: string[] = [];
    for (const [added, place] of places) {
      for (const subject of SUBJECTS) {
        const key = `${subject} ${added}`;
        const run = await patiently(subject, place, () => nevers.set(key, (nevers.get(key) ?? 0) + 1));
        line.push(`${subject}${added ? '+' : ''} ${describe(run)}`);
        if (round > 0) runs.set(key, [...(runs.get(key) ?? []), run]);
      }
    }
    console.log(`${round === 0 ? 'warm-up' : String(round).padStart(7)}: ${line.join('  ')}`);
  }
  console.log(`Load: ${load()}\n`);
  for (const added of ADDED) console.log(breakdown(added, runs.get(`parley ${added}`) ?? []));
  return {
    machine: machine(`Chromium ${browser.version()}`),
    rows: ADDED.flatMap((added) =>
      SUBJECTS.map((subject) => {
        const key = `${subject} ${added}`;
        return row(subject, added, runs.get(key) ?? [], nevers.get(key) ?? 0);
      }),
    ),
  };
}

/** A codelab run without a first frame is reported and retried. If another subject shows none, the benchmark fails. */
async function patiently(subject: Subject, place: Place, never: () => unknown): Promise<Run> {
  for (let tries = 1; ; tries++) {
    try {
      return await measure[subject](place);
    } catch (error) {
      if (subject !== 'codelab' || tries === TRIES) throw error;
      never();
      console.log(`${subject}: ${String(error).split('\n')[0]}. Trying again.`);
    }
  }
}

async function publish(results: Results): Promise<void> {
  console.log(`\n${results.machine}\n\n${table(results)}\n`);
  for (const aim of aims(results)) console.log(aim);
  await writeResults({ ...readResults(), ...results });
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: setting('CHROMIUM_BIN'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // Pages behind the address bar of every new window, which would load during a measurement. Only the last such
      // flag counts.
      '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter,OptimizationHints,HttpsUpgrades',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream=fps=30',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

/** The codelab has no rules, so its project on the same emulator gets rules that allow everything. */
async function allowCodelab(): Promise<void> {
  const content = `rules_version = '2';
service cloud.firestore { match /databases/{database}/documents { match /{path=**} { allow read, write; } } }`;
  const answer = await fetch(
    `http://127.0.0.1:${emulators.firestore}/emulator/v1/projects/${CODELAB_PROJECT}:securityRules`,
    { method: 'PUT', body: JSON.stringify({ rules: { files: [{ name: 'codelab.rules', content }] } }) },
  );
  if (!answer.ok) throw new Error(`The emulator refused the codelab's rules: ${await answer.text()}`);
}

function describe({ firstFrame, answered, connected }: Run): string {
  const steps = [answered, connected].filter((step) => step !== undefined).map((step) => step.toFixed(0));
  return [...steps, firstFrame.toFixed(0)].join('/');
}

function breakdown(added: number, runs: readonly Run[]): string {
  const at = (step: keyof Run) => {
    const times = runs.map((run) => run[step]).filter((time) => time !== undefined);
    return times.length > 0 ? median(times).toFixed(0) : '–';
  };
  return `Parley, ${added} ms added, medians: answered ${at('answered')}, connected ${at('connected')}, first frame ${at('firstFrame')} ms`;
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
}
