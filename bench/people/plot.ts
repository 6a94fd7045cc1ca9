import { formula, free, type Design } from './formula';
import type { PeopleRow } from './report';

const WIDTH = 820;
const HEIGHT = 560;
const FRAME = { left: 92, right: 32, top: 96, bottom: 60 };
/** Ranges of the axes. */
const PEOPLE = [2, 1_000] as const;
const OPERATIONS = [100, 1_000_000_000] as const;
const TICKS = [2, 5, 10, 20, 50, 100, 200, 500, 1_000];

const x = (people: number): number => along(people, PEOPLE, FRAME.left, WIDTH - FRAME.right);
const y = (operations: number): number => along(operations, OPERATIONS, HEIGHT - FRAME.bottom, FRAME.top);

/** Position of a value between two ends, on a logarithmic scale. */
function along(value: number, [least, most]: readonly [number, number], begin: number, end: number): number {
  const part = Math.log(value / least) / Math.log(most / least);
  return Math.round((begin + part * (end - begin)) * 10) / 10;
}

interface Curve {
  readonly name: string;
  /** Class in the style sheet. */
  readonly style: string;
  readonly of: (people: number) => number;
  readonly points: readonly PeopleRow[];
  readonly counted: (row: PeopleRow) => number;
  readonly mark: (left: number, top: number) => string;
}

const disc = (radius: number) => (left: number, top: number) =>
  `<circle cx="${left}" cy="${top}" r="${radius}"/>`;
const ring = (left: number, top: number) => `<circle class="ring" cx="${left}" cy="${top}" r="8"/>`;
const square = (left: number, top: number) => `<rect x="${left - 4}" y="${top - 4}" width="8" height="8"/>`;

/** Reads and writes per day over the number of people, both logarithmic, as an SVG that works on light and dark. */
export function plot(rows: readonly PeopleRow[]): string {
  const reads = (design: Design, name: string, mark: Curve['mark']): Curve => ({
    name,
    style: design,
    of: (people) => formula(design, people).reads,
    // Rows that were only computed are on the line without a mark.
    points: rows.filter((row) => row.design === design && row.window !== null),
    counted: ({ day }) => day.reads,
    mark,
  });
  const curves: readonly Curve[] = [
    reads('naive', 'reads, a document each, all listen', disc(4)),
    reads('listened', 'reads, shared documents, all listen', ring),
    reads('looked', 'reads, shared documents, looked at (Parley)', disc(4)),
    {
      ...reads('looked', 'writes, in all of them', square),
      style: 'writes',
      of: (people) => formula('looked', people).writes,
      counted: ({ day }) => day.writes,
    },
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">
<title id="title">Firestore operations a day over people online</title>
<desc id="description">${description(rows)}</desc>
<style>
svg { --ground: #ffffff; --ink: #1d1b20; --quiet: #d9d6de; --naive: #b3261e; --looked: #00639b; --writes: #7a5900; --free: #386a20;
  font: 14px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #141218; --ink: #e6e0e9; --quiet: #49454f; --naive: #ffb4ab; --looked: #96ccff; --writes: #f5bf48; --free: #9cd67d; }
}
text { fill: var(--ink); }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: var(--quiet); fill: none; }
.free { stroke: var(--free); stroke-width: 1.5; stroke-dasharray: 8 5; }
text.free { fill: var(--free); stroke: none; font-weight: 600; }
.naive, .listened { color: var(--naive); }
.looked { color: var(--looked); }
.writes { color: var(--writes); }
path { fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linejoin: round; }
.listened path { stroke-width: 1; }
.writes path { stroke-dasharray: 2 4; stroke-linecap: round; }
circle, rect { fill: currentColor; }
circle.ring { fill: none; stroke: currentColor; stroke-width: 1.5; }
rect.ground { fill: var(--ground); }
</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
${[...grid(), ...limits(), ...curves.map(drawn), ...curves.map(legend)].join('\n')}
</svg>
`;
}

function description(rows: readonly PeopleRow[]): string {
  const said = rows
    .filter(({ people }) => people === 100)
    .map(
      ({ design, day }) =>
        `${design} ${day.reads.toLocaleString('en-US')} reads and ${day.writes.toLocaleString('en-US')} writes`,
    );
  return `With 100 people online for eight hours: ${said.join('; ')}.`;
}

function grid(): readonly string[] {
  const [left, right, top, bottom] = [FRAME.left, WIDTH - FRAME.right, FRAME.top, HEIGHT - FRAME.bottom];
  const upright = TICKS.flatMap((people) => [
    `<line class="grid" x1="${x(people)}" y1="${top}" x2="${x(people)}" y2="${bottom}"/>`,
    `<text class="middle" x="${x(people)}" y="${bottom + 20}">${people.toLocaleString('en-US')}</text>`,
  ]);
  const level: string[] = [];
  for (let operations: number = OPERATIONS[0]; operations <= OPERATIONS[1]; operations *= 10) {
    level.push(
      `<line class="grid" x1="${left}" y1="${y(operations)}" x2="${right}" y2="${y(operations)}"/>`,
      `<text class="end" x="${left - 8}" y="${y(operations) + 5}">${short(operations)}</text>`,
    );
  }
  return [
    ...upright,
    ...level,
    `<text class="middle" x="${(left + right) / 2}" y="${HEIGHT - 14}">people online for 8 hours (number)</text>`,
    `<text class="middle" transform="translate(20 ${(top + bottom) / 2}) rotate(-90)">operations a day (number)</text>`,
  ];
}

const short = (operations: number): string =>
  operations < 1_000
    ? String(operations)
    : operations < 1e6
      ? `${operations / 1e3} k`
      : `${operations / 1e6} M`;

/** Lines for the free tier. */
const limits = (): readonly string[] =>
  (['reads', 'writes'] as const).flatMap((operation) => {
    const top = y(free[operation]);
    const below = operation === 'reads' ? -6 : 17;
    return [
      `<line class="free" x1="${FRAME.left}" y1="${top}" x2="${WIDTH - FRAME.right}" y2="${top}"/>`,
      `<text class="free" x="${FRAME.left + 8}" y="${top + below}">free: ${free[operation].toLocaleString('en-US')} ${operation}</text>`,
    ];
  });

function drawn({ style, of, points, counted, mark }: Curve): string {
  const line: string[] = [];
  for (let people: number = PEOPLE[0]; people <= PEOPLE[1]; people++) {
    // On the right, neighbouring points coincide, except at the steps where a document is full.
    if (people < 100 || people % 10 <= 1) line.push(`${x(people)} ${y(of(people))}`);
  }
  const marks = points.map((row) => mark(x(row.people), y(counted(row))));
  return `<g class="${style}"><path d="M${line.join(' L')}"/>${marks.join('')}</g>`;
}

function legend({ name, style, mark }: Curve, index: number): string {
  const [left, top] = [FRAME.left + (index % 2) * 380, 26 + Math.floor(index / 2) * 26];
  return `<g class="${style}"><path d="M${left} ${top} H${left + 36}"/>${mark(left + 18, top)}<text x="${left + 46}" y="${top + 5}">${name}</text></g>`;
}
