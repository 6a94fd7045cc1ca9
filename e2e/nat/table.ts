import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { workFolder } from '../support/environment';

const measurements = join(import.meta.dirname, '../../docs/measurements.md');
/** Each worker appends its own lines. */
const notes = join(workFolder, 'nat.txt');
const [begin, end] = ['<!-- nat -->', '<!-- /nat -->'];

/** Names of all calls of the laboratory, in the order of the table. */
export const calls = [
  'in the same network',
  'two NATs that keep ports',
  'a NAT that keeps ports and a symmetric one',
  'two symmetric NATs',
  'no UDP on one side',
  'nothing but TLS on one side',
  'nothing but IPv6',
  'a NAT behind a NAT',
  'two symmetric NATs, credentials that have expired',
  'two symmetric NATs, credentials that are wrong',
  'two symmetric NATs, no relay',
  'a side that moves to another network',
  'two symmetric NATs whose relay dies, with another there',
  'three: a public address and two symmetric NATs',
] as const;

export type CallName = (typeof calls)[number];

/** Notes the outcome of a call. @param time in ms */
export function addRow(between: CallName, outcome: string, time: number): void {
  const row = `| ${between} | ${outcome} | ${(time / 1_000).toFixed(1)} s |`;
  mkdirSync(workFolder, { recursive: true });
  appendFileSync(notes, `${row}\n`);
  console.log(`  ${row}`);
}

export const forgetRows = (): void => rmSync(notes, { force: true });

/** The calls that have a row in the table of docs/measurements.md. */
export function measuredCalls(): readonly string[] {
  const text = readFileSync(measurements, 'utf8');
  const table = text.slice(text.indexOf(begin), text.indexOf(end));
  return [...table.matchAll(/^\| (?!between|---)(.*?) +\|/gm)].map((row) => row[1]!);
}

/** Writes the table into docs/measurements.md if `NAT_TABLE` is set: otherwise tests leave the checkout unchanged. */
export function writeTable(): void {
  if (!process.env['NAT_TABLE'] || !existsSync(notes)) return;
  const noted = readFileSync(notes, 'utf8').trim().split('\n');
  const rows = calls.flatMap((name) => noted.find((row) => row.startsWith(`| ${name} |`)) ?? []);
  const text = readFileSync(measurements, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  const table = ['| between | outcome | after |', '| --- | --- | ---: |', ...rows].join('\n');
  writeFileSync(measurements, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`);
}
