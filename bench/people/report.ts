import { markdown } from '../report';
import { designs, formula, free, type Design, type Operations } from './formula';
import type { Simulated } from './simulation';

/** Daily cost of this many people in one design. */
export interface PeopleRow {
  readonly design: Design;
  readonly people: number;
  /** Operations of a day of eight hours. */
  readonly day: Operations;
  /**
   * How long everyone was there while operations were counted, in s of simulated time; null if only the formula was evaluated.
   */
  readonly window: number | null;
}

export const rowOf = ({ design, people, day, window }: Simulated): PeopleRow => ({
  design,
  people,
  day,
  window,
});

/** The row for a simulation that would take too long. */
export const computed = (design: Design, people: number): PeopleRow => {
  const { reads, writes, deletes } = formula(design, people);
  return {
    design,
    people,
    day: { reads: Math.round(reads), writes: Math.round(writes), deletes: Math.round(deletes) },
    window: null,
  };
};

/** Allowed relative deviation from the formula. */
const TOLERANCE = 0.05;

/** Deviations from the formula that are too large; empty if there are none. */
export function disagreements({ design, people, day }: PeopleRow): readonly string[] {
  const expected = formula(design, people);
  return (['reads', 'writes', 'deletes'] as const)
    .filter((operation) => {
      const [was, should] = [day[operation], expected[operation]];
      return Math.abs(was - should) > TOLERANCE * Math.max(1, should);
    })
    .map(
      (operation) =>
        `${design}, ${people} people: ${day[operation]} ${operation}, the formula gives ${Math.round(expected[operation])}.`,
    );
}

const names: Readonly<Record<Design, string>> = {
  naive: 'naive',
  listened: 'shards, listened to',
  looked: '**shards, looked at**',
};

const number = (value: number) => Math.round(value).toLocaleString('en-US');

/** As Markdown, which is also readable on a terminal. */
export function tableOf(rows: readonly PeopleRow[]): string {
  const cells = rows.map(({ design, people, day, window }) => {
    const expected = formula(design, people);
    const off = (day.reads / expected.reads - 1) * 100;
    return [
      names[design],
      number(people),
      number(day.reads),
      number(day.writes),
      number(day.deletes),
      day.reads <= free.reads && day.writes <= free.writes ? 'yes' : 'no',
      window === null ? 'computed' : `${Math.round(window / 60)} min`,
      window === null ? '' : `${off < 0 ? '−' : '+'}${Math.abs(off).toFixed(1)} %`,
    ];
  });
  const head = [
    'design',
    'people',
    'reads',
    'writes',
    'deletes',
    'free',
    'counted over',
    'reads beside formula',
  ];
  return markdown(head, cells);
}

/** Whether the aim fits into the free tier. */
export function aims(rows: readonly PeopleRow[]): readonly string[] {
  const wanted = rows.find(({ design, people }) => design === 'looked' && people === 100);
  if (!wanted) return [];
  return (['reads', 'writes'] as const).map((operation) => {
    const [is, limit] = [wanted.day[operation], free[operation]];
    return `100 people, eight hours: ${number(is)} of ${number(limit)} ${operation} – aim ${is <= limit ? 'met' : 'missed'}`;
  });
}

export const inOrder = (rows: readonly PeopleRow[]): readonly PeopleRow[] =>
  [...rows].sort((a, b) => designs.indexOf(a.design) - designs.indexOf(b.design) || a.people - b.people);
