import type { Run, Subject } from './subjects';

/** One subject under one condition. */
export interface Row {
  readonly subject: Subject;
  readonly addedRoundTripMs: number;
  readonly medianMs: number;
  /** In the order measured. */
  readonly runs: readonly number[];
}

export interface Results {
  readonly machine: string;
  readonly rows: readonly Row[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}

const tenth = (milliseconds: number) => Math.round(milliseconds * 10) / 10;

export const row = (subject: Subject, addedRoundTripMs: number, runs: readonly Run[]): Row => {
  const times = runs.map(({ firstFrame }) => firstFrame);
  return { subject, addedRoundTripMs, medianMs: tenth(median(times)), runs: times.map(tenth) };
};

const names: Readonly<Record<Subject, string>> = {
  floor: 'floor: two connections in one page',
  parley: '**Parley**',
  codelab: 'codelab flow',
};

/** As Markdown, which reads well on a terminal too. */
export function table({ rows }: Results): string {
  const floors = new Map(
    rows
      .filter(({ subject }) => subject === 'floor')
      .map((found) => [found.addedRoundTripMs, found.medianMs]),
  );
  const cells = rows.map(({ subject, addedRoundTripMs, medianMs, runs }) => {
    const floor = floors.get(addedRoundTripMs);
    return [
      names[subject],
      addedRoundTripMs === 0 ? '–' : `${addedRoundTripMs} ms`,
      `${Math.round(medianMs)} ms`,
      `${Math.round(Math.min(...runs))} ms`,
      `${Math.round(Math.max(...runs))} ms`,
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
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]) =>
    `| ${cell.map((text, column) => (column < 1 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 1 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...cells.map(line)].join('\n');
}

/** What we aim at, and whether it was reached. */
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
  ];
}

/** The README with the table in its place; unchanged when it has no such place. */
export const withTable = (readme: string, results: Results): string =>
  readme.replace(
    /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/,
    (_all, begin: string, end: string) =>
      `${begin}\n${table(results)}\n\nMedians of ${results.rows[0]?.runs.length ?? 0} on ${results.machine}.\n\n${end}`,
  );
