/**
 * `npm run soak -- files [MiB]`: sends one large file between two browsers in a call and watches the memory of both
 * pages. Fails if memory grows with the file.
 */
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';

import { give, pair, setting } from './pair';

const MIB = 1024 * 1024;
/** Memory for data in flight, in MiB: windows, buffers of channels, and what has not been collected yet. */
const ALLOWED = 128;

const size = Number(process.argv[2] ?? 1024);
if (!Number.isInteger(size) || size < 1) throw new Error(`${process.argv[2]} is not a number of MiB.`);

interface Sample {
  /** JavaScript heap and buffers, in MiB. */
  readonly heap: number;
  /** All processes that render pages, in MiB. */
  readonly resident: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parley-soak-'));
const path = join(folder, 'bench.bin');
closeSync(openSync(path, 'w'));
truncateSync(path, size * MIB);
const people = await pair(setting('BASE_URL'));
try {
  const names = ['giver', 'taker'] as const;
  const watches = await Promise.all(
    names.map((name, index) => watchMemory(people[name], people.browsers[index]!)),
  );
  const before = await Promise.all(watches.map((look) => look()));
  const samples: Sample[][] = [[], []];
  let running = true;
  const sampling = (async () => {
    while (running) {
      for (const [index, look] of watches.entries()) samples[index]!.push(await look());
      await new Promise((done) => setTimeout(done, 500));
    }
  })();
  const time = await give(people, path, 540_000);
  running = false;
  await sampling;
  console.log(
    `${size} MiB in ${(time / 1000).toFixed(1)} s, ${((size * MIB) / time / 1000).toFixed(1)} MB/s`,
  );
  let flat = true;
  for (const [index, name] of names.entries()) {
    for (const kind of ['heap', 'resident'] as const) {
      const values = samples[index]!.map((sample) => sample[kind]);
      const [start, most] = [before[index]![kind], Math.max(...values)];
      const ok = most - start <= ALLOWED;
      flat &&= ok;
      console.log(
        `${name}, ${kind}: ${start.toFixed(0)} MiB before, at most ${most.toFixed(0)} MiB, at the end ${values.at(-1)?.toFixed(0)} MiB (${values.length} samples)${ok ? '' : ' – grows'}`,
      );
    }
  }
  process.exitCode = flat ? 0 : 1;
} finally {
  await people.close();
  rmSync(folder, { recursive: true });
}

async function watchMemory(page: Page, browser: Browser): Promise<() => Promise<Sample>> {
  const [ofPage, ofBrowser] = [
    await page.context().newCDPSession(page),
    await browser.newBrowserCDPSession(),
  ];
  return async () => {
    const usage = (await ofPage.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      embedderHeapUsedSize?: number;
      backingStorageSize?: number;
    };
    const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    return {
      heap: (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)) / MIB,
      resident: renderers.reduce((sum, { id }) => sum + residentOf(id), 0),
    };
  };
}

/** In MiB (Linux, proc(5)); 0 if there is no such file. */
function residentOf(id: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
