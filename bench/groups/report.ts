import { markdown, median } from '../report';

/** One member in a call, for some seconds. */
export interface LoadRun {
  /** Processor time of the member's whole browser, in cores. */
  readonly cores: number;
  /** Share of the machine that was idle: with next to nothing, the machine was too slow for the call. */
  readonly idle: number;
  /** In kbit/s, with headers. */
  readonly up: number;
  readonly down: number;
  /** Frames received from all others together, per second. */
  readonly frames: number;
  /** Size of the latest picture received. */
  readonly size: string;
}

/** A call of two, and a bare pair of connections. */
export type PairRun = Readonly<Record<'parley' | 'bare', Omit<LoadRun, 'up' | 'down'>>>;

/** One member who shows a picture to others; `frames` are those that each of them receives, per second. */
export type SharingRun = Omit<LoadRun, 'down'>;

/** A call of this many members. */
export interface GroupRow {
  readonly members: number;
  /** From the last member's press of Join to the last of the others' first frames, in ms, in the order measured. */
  readonly joins: readonly number[];
  /** The median of the joins, divided by that of a second member in the same run. */
  readonly timesSecond: number;
  /** Share of the machine that was idle during these joins, the median. */
  readonly idle: number;
  /** Firestore operations of all members together, from the creation of the call until all were linked. */
  readonly operations: { readonly writes: number; readonly reads: number };
  /** Empty where the machine had no time left for so many members. */
  readonly loads: readonly LoadRun[];
}

export interface Groups {
  readonly machine: string;
  readonly rows: readonly GroupRow[];
  readonly pairs: readonly PairRun[];
  /** With one encoder for all peers, and with one for each. */
  readonly sharing: Readonly<Record<'one' | 'many', readonly SharingRun[]>>;
}

/** The median of one of the figures. */
const of = <T>(runs: readonly T[], figure: (run: T) => number): number => median(runs.map(figure));

/** The rows whose load was measured. */
const measured = (rows: readonly GroupRow[]): readonly GroupRow[] =>
  rows.filter(({ loads }) => loads.length > 0);

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const milliseconds = (time: number): string => `${Math.round(time)} ms`;

/** Tables in Markdown, which are also readable on a terminal. */
export function tablesOf({ rows, pairs, sharing, machine }: Groups): string {
  const joins = markdown(
    ['members', 'last join → all faces', 'min', 'max', '× second’s', 'machine idle', 'writes', 'reads'],
    rows.map(({ members, joins, timesSecond, idle, operations }) => [
      String(members),
      milliseconds(median(joins)),
      milliseconds(Math.min(...joins)),
      milliseconds(Math.max(...joins)),
      timesSecond.toFixed(2),
      percent(idle),
      String(operations.writes),
      String(operations.reads),
    ]),
  );
  const loads = markdown(
    ['members', 'CPU of one', 'up', 'down', 'frames/s from each', 'picture', 'machine idle'],
    measured(rows).map(({ members, loads }) => [
      String(members),
      `${of(loads, ({ cores }) => cores).toFixed(2)} cores`,
      `${(of(loads, ({ up }) => up) / 1_000).toFixed(2)} Mbit/s`,
      `${(of(loads, ({ down }) => down) / 1_000).toFixed(2)} Mbit/s`,
      (of(loads, ({ frames }) => frames) / (members - 1)).toFixed(1),
      loads.at(-1)?.size ?? '–',
      percent(of(loads, ({ idle }) => idle)),
    ]),
  );
  const compared = markdown(
    ['two whole browsers', 'CPU', 'frames/s', 'machine idle', '× bare'],
    (['bare', 'parley'] as const).map((subject) => [
      subject === 'bare' ? 'bare pair of connections' : '**Parley**, a call of two',
      `${of(pairs, (pair) => pair[subject].cores).toFixed(2)} cores`,
      of(pairs, (pair) => pair[subject].frames).toFixed(1),
      percent(of(pairs, (pair) => pair[subject].idle)),
      of(pairs, (pair) => pair[subject].cores / pair.bare.cores).toFixed(2),
    ]),
  );
  const encoders = markdown(
    ['to five others', 'CPU of one', 'up', 'frames/s to each', 'picture', 'machine idle'],
    (['many', 'one'] as const).map((encoders) => {
      const runs = sharing[encoders];
      return [
        encoders === 'many' ? 'an encoder for each' : '**one encoder**',
        `${of(runs, ({ cores }) => cores).toFixed(2)} cores`,
        `${(of(runs, ({ up }) => up) / 1_000).toFixed(2)} Mbit/s`,
        of(runs, ({ frames }) => frames).toFixed(1),
        runs.map(({ size }) => size).join(', '),
        percent(of(runs, ({ idle }) => idle)),
      ];
    }),
  );
  const [first] = rows;
  return [
    joins,
    loads,
    compared,
    encoders,
    `Medians of ${first?.joins.length ?? 0} joins, ${first?.loads.length ?? 0} calls, ${pairs.length} pairs and ${sharing.one.length} comparisons of encoders on ${machine}.`,
  ].join('\n\n');
}

/** Each aim, and whether it was met. */
export function aimsOf({ rows, pairs }: Groups): readonly string[] {
  const verdict = (text: string, value: number, limit: number) =>
    `${text}: ${value.toFixed(2)}, limit ${limit} – aim ${value <= limit ? 'met' : 'missed'}`;
  const [most, loaded] = [rows.at(-1), measured(rows).at(-1)];
  return [
    ...rows.map(({ members, timesSecond }) =>
      verdict(`Join number ${members}, at most 1.3 × the second's`, timesSecond, 1.3),
    ),
    ...(most
      ? [verdict(`All faces in a call of ${most.members}, in s`, median(most.joins) / 1_000, 1.5)]
      : []),
    ...(loaded
      ? [
          verdict(
            `Processor time of one of ${loaded.members}, in cores`,
            of(loaded.loads, ({ cores }) => cores),
            1.2,
          ),
          verdict(
            `Upload of one of ${loaded.members}, in Mbit/s`,
            of(loaded.loads, ({ up }) => up) / 1_000,
            2.5,
          ),
        ]
      : []),
    verdict(
      'Processor time of a call of two, × a bare pair',
      of(pairs, ({ parley, bare }) => parley.cores / bare.cores),
      1,
    ),
  ];
}
