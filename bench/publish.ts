import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { withTable, type Results } from './report';

const file = join(import.meta.dirname, 'results.json');
const readme = join(import.meta.dirname, '../README.md');

/** What was measured last; nothing when nothing was. */
export function readResults(): Results {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Results)
    : { machine: 'unknown', rows: [] };
}

/** Writes `results.json`, and the tables into the README. */
export async function writeResults(results: Results): Promise<void> {
  // As the project formats its files.
  const text = await format(JSON.stringify(results), { ...(await resolveConfig(file)), filepath: file });
  writeFileSync(file, text);
  if (existsSync(readme)) writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), results));
}
