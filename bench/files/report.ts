import { median } from '../report';

/** One way to send bytes. */
export interface FileRow {
  readonly subject: 'bare' | 'parley';
  readonly bytes: number;
  /** Rate of the median run, in MB/s. */
  readonly rate: number;
  /** Times in ms, in the order measured. */
  readonly runs: readonly number[];
}

export const rowOf = (subject: FileRow['subject'], bytes: number, runs: readonly number[]): FileRow => ({
  subject,
  bytes,
  rate: Math.round(bytes / median(runs) / 100) / 10,
  runs: runs.map(Math.round),
});

const names = { bare: 'bare data channel', parley: '**Parley**, from disk to disk, checked' } as const;

/** The table in Markdown, which is also readable on a terminal. */
export function tableOf(rows: readonly FileRow[]): string {
  const floor = rows.find(({ subject }) => subject === 'bare')?.rate ?? NaN;
  const cells = rows.map(({ subject, bytes, rate, runs }) => [
    names[subject],
    `${bytes / 1024 / 1024} MiB`,
    `${Math.round(median(runs))} ms`,
    `${rate.toFixed(1)} MB/s`,
    `${Math.round((rate / floor) * 100)} %`,
  ]);
  const head = ['a file between two browsers', 'size', 'median', 'rate', 'of bare'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]) =>
    `| ${cell.map((text, column) => (column < 1 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 1 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...cells.map(line)].join('\n');
}

/** The aim, and whether it was met. */
export function verdict(rows: readonly FileRow[]): string {
  const of = (subject: FileRow['subject']) => rows.find((row) => row.subject === subject)?.rate ?? NaN;
  const share = of('parley') / of('bare');
  return `At least 80 % of a bare channel: ${Math.round(share * 100)} % – aim ${share >= 0.8 ? 'met' : 'missed'}`;
}

/** docs/measurements.md with the table between its markers; unchanged when it has no such markers. */
export const withFiles = (measurements: string, rows: readonly FileRow[], machine: string): string =>
  measurements.replace(
    /(<!-- bench files -->\n)[^]*?(<!-- \/bench files -->)/,
    (_all, begin: string, end: string) =>
      `${begin}\n${tableOf(rows)}\n\nMedians of ${rows[0]?.runs.length ?? 0} on ${machine}.\n\n${end}`,
  );
