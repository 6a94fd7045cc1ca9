import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { tablesOf } from './groups/report';
import { between, withTable, type Results } from './report';

const file = join(import.meta.dirname, 'results.json');
const measurements = join(import.meta.dirname, '../docs/measurements.md');

/** The results of the last runs; no rows when nothing has been measured yet. */
export function readResults(): Results {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Results)
    : { machine: 'unknown', rows: [] };
}

/** Writes `results.json`, and the tables into docs/measurements.md. */
export async function writeResults(results: Results): Promise<void> {
  // Prettier's format, which `npm run check` asks for.
  const text = await format(JSON.stringify(results), { ...(await resolveConfig(file)), filepath: file });
  writeFileSync(file, text);
  if (existsSync(measurements)) {
    const joined = withTable(readFileSync(measurements, 'utf8'), results);
    const { groups } = results;
    writeFileSync(measurements, groups ? between(joined, 'bench groups', tablesOf(groups)) : joined);
  }
}
