/** What presence costs, as docs/cost.md says it. The simulation is compared with this. */

/** How a lobby might be kept. See ../README.md. */
export const designs = ['naive', 'listened', 'looked'] as const;
export type Design = (typeof designs)[number];

/** Firestore operations. */
export interface Operations {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
}

/** A person's day, s. */
export const DAY = 8 * 3_600;
/** Between two renewals of a lease of 5 min, s: 45 to 55 s before its end. */
export const RENEWAL = { least: 245, most: 255, mean: 250 } as const;
/** People in one document. */
export const SHARD = 100;
/** So many people are listened to, more are looked at now and then. */
export const LISTENED = 12;

/** Between two looks at a lobby of so many, s. */
export const lookEvery = (people: number): number => Math.min(120, 1.2 * people);
/** Documents that hold so many; a query that finds none costs one read. */
export const shardsOf = (people: number): number => Math.max(1, Math.ceil(people / SHARD));
/** What the free tier gives a day. */
export const free = { reads: 50_000, writes: 20_000, deletes: 20_000 } as const;

/**
 * What so many people cost on a day on which each is visible for eight hours and has the list on the screen all that time: once they
 * appear, once they leave.
 */
export function formula(design: Design, people: number): Operations {
  const renewals = DAY / RENEWAL.mean;
  const writes = people * (renewals + 2);
  const deliveries = people ** 2 * (renewals + 1);
  switch (design) {
    case 'naive':
      // Leaving is a delete, of which nobody who listens is charged.
      return { reads: deliveries, writes: people * (renewals + 1), deletes: people };
    case 'listened':
      return { reads: deliveries + opening(people) + people, writes, deletes: 0 };
    case 'looked':
      if (people <= LISTENED) return formula('listened', people);
      return {
        reads: people * shardsOf(people) * (DAY / lookEvery(people)) + opening(people),
        writes,
        deletes: 0,
      };
  }
}

/** Each reads the lobby, and its shards once; who listens reads them once more. */
const opening = (people: number) => people * (1 + shardsOf(people));
