import { cpus } from 'node:os';

import type { Groups } from './groups/report';
import type { PeopleRow } from './people/report';
import type { Run, Subject } from './subjects';

/** One subject under one condition. */
export interface Row {
  readonly subject: Subject;
  readonly addedRoundTripMs: number;
  readonly medianMs: number;
  /** Times in ms, in the order measured. */
  readonly runs: readonly number[];
  /** Number of tries that showed no frame and were repeated. */
  readonly never?: number;
}

/** A failure, and the time until frames arrived again or the tile disappeared. */
export interface RecoveryRow {
  readonly scenario: string;
  readonly aimMs: number;
  readonly medianMs: number;
  /** Times of the slower side in ms, in the order measured. */
  readonly runs: readonly number[];
}

export interface Results {
  readonly machine: string;
  readonly rows: readonly Row[];
  readonly recovery?: readonly RecoveryRow[];
  readonly people?: readonly PeopleRow[];
  readonly groups?: Groups;
}

export function machine(browser: string): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, ${browser || 'Chromium'}, headless`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}

const tenth = (milliseconds: number) => Math.round(milliseconds * 10) / 10;

export const row = (subject: Subject, addedRoundTripMs: number, runs: readonly Run[], never: number): Row => {
  const times = runs.map(({ firstFrame }) => firstFrame);
  const measured = { subject, addedRoundTripMs, medianMs: tenth(median(times)), runs: times.map(tenth) };
  return never > 0 ? { ...measured, never } : measured;
};

const names: Readonly<Record<Subject, string>> = {
  floor: 'floor: two connections in one page',
  parley: '**Parley**',
  ring: '**Parley**, rung in a lobby',
  codelab: 'codelab flow',
};

/** The table in Markdown, which is also readable on a terminal. */
export function table({ rows }: Results): string {
  const floors = new Map(
    rows
      .filter(({ subject }) => subject === 'floor')
      .map((found) => [found.addedRoundTripMs, found.medianMs]),
  );
  const cells = rows.map(({ subject, addedRoundTripMs, medianMs, runs, never }) => {
    const floor = floors.get(addedRoundTripMs);
    return [
      names[subject],
      addedRoundTripMs === 0 ? '–' : `${addedRoundTripMs} ms`,
      `${Math.round(medianMs)} ms`,
      `${Math.round(Math.min(...runs))} ms`,
      `${Math.round(Math.max(...runs))} ms${never ? `, ${never} × never` : ''}`,
      floor ? (medianMs / floor).toFixed(2) : '',
    ];
  });
  const head = [
    'join → first remote frame',
    'added round trip to Firestore',
    'median',
    'min',
    'max',
    '× floor',
  ];
  return markdown(head, cells);
}

/** The table of recovery, in Markdown. */
export function recoveryTable(rows: readonly RecoveryRow[]): string {
  const seconds = (time: number) => `${(time / 1000).toFixed(1)} s`;
  const cells = rows.map(({ scenario, aimMs, medianMs, runs }) => [
    scenario,
    seconds(medianMs),
    seconds(Math.min(...runs)),
    seconds(Math.max(...runs)),
    seconds(aimMs),
  ]);
  return markdown(['trouble', 'median', 'min', 'max', 'aim'], cells);
}

/** A Markdown table: the first column is text, the others are aligned right. */
export function markdown(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]) =>
    `| ${cell.map((text, column) => (column < 1 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 1 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...cells.map(line)].join('\n');
}

/** Each aim, and whether it was met. */
export function aims({ rows }: Results): readonly string[] {
  const of = (subject: Subject, added: number): number => {
    const found = rows.find((each) => each.subject === subject && each.addedRoundTripMs === added);
    if (!found) throw new Error(`Nothing was measured for ${subject}, ${added} ms.`);
    return found.medianMs;
  };
  const verdict = (text: string, value: number, limit: number) =>
    `${text}: ${Math.round(value)} ms, limit ${Math.round(limit)} ms – aim ${value <= limit ? 'met' : 'missed'}`;
  return [
    verdict('As it is, at most 1.3 × the floor', of('parley', 0), 1.3 * of('floor', 0)),
    verdict(
      'With 100 ms added, at most the floor and 1.5 round trips',
      of('parley', 100),
      of('floor', 100) + 1.5 * 100,
    ),
    verdict('Accepting a ring, at most as long as joining by code', of('ring', 0), of('parley', 0)),
    verdict('The same with 100 ms added', of('ring', 100), of('parley', 100)),
  ];
}

/** docs/measurements.md with the tables between their markers; unchanged where a marker is missing. */
export const withTable = (measurements: string, results: Results): string => {
  const [first] = results.rows;
  const { recovery = [] } = results;
  const joined = `${table(results)}\n\nMedians of ${first?.runs.length ?? 0} on ${results.machine}.`;
  const recovered = `${recoveryTable(recovery)}\n\nMedians of ${recovery[0]?.runs.length ?? 0}, of the slower side.`;
  return between(between(measurements, 'bench', joined), 'bench recovery', recovered);
};

/** Replaces the text between two markers; the text is unchanged when it has no such markers. */
export const between = (text: string, marker: string, content: string): string =>
  text.replace(
    new RegExp(`(<!-- ${marker} -->\\n)[^]*?(<!-- /${marker} -->)`),
    (_all, begin: string, end: string) => `${begin}\n${content}\n\n${end}`,
  );
