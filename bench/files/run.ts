/**
 * `npm run bench -- files [rounds]`: measures how fast a file is sent between two browsers in a call, compared with bytes over a
 * bare data channel between the same two pages in the same chunks. See ../README.md.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { bare, give, pair, setting } from './pair';
import { rowOf, tableOf, verdict, withFiles, type FileRow } from './report';

const SIZE = 128 * 1024 * 1024;
const rounds = Number(process.argv[2] ?? 5);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`${process.argv[2]} is not a number of rounds.`);

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const path = join(folder, 'bench.bin');
writeFileSync(path, randomBytes(SIZE));
const people = await pair(setting('BASE_URL'));
try {
  const times: { bare: number[]; parley: number[] } = { bare: [], parley: [] };
  // Interleaved, so that other work on the machine affects both; the first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const [bareTime, parleyTime] = [await bare(people, SIZE), await give(people, path, 120_000)];
    if (round > 0) {
      times.bare.push(bareTime);
      times.parley.push(parleyTime);
    }
    console.log(
      `${round === 0 ? 'warm-up' : String(round).padStart(7)}: bare ${bareTime.toFixed(0)} ms, parley ${parleyTime.toFixed(0)} ms`,
    );
  }
  const all = cpus();
  const machine = `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, Chromium ${people.browsers[0]?.version()}, headless`;
  const rows: readonly FileRow[] = [rowOf('bare', SIZE, times.bare), rowOf('parley', SIZE, times.parley)];
  console.log(`\n${machine}\n\n${tableOf(rows)}\n\n${verdict(rows)}`);
  await publish(rows, machine);
} finally {
  await people.close();
  rmSync(folder, { recursive: true });
}

async function publish(rows: readonly FileRow[], machine: string): Promise<void> {
  const file = join(import.meta.dirname, '../results.json');
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const text = JSON.stringify({ ...before, files: { machine, rows } });
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  const measurements = join(import.meta.dirname, '../../docs/measurements.md');
  if (existsSync(measurements)) {
    writeFileSync(measurements, withFiles(readFileSync(measurements, 'utf8'), rows, machine));
  }
}
