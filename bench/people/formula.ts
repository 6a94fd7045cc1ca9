/** The cost of presence, by the formula in docs/cost.md. The simulation is compared with it. */

/** Designs of a lobby. See ../README.md. */
export const designs = ['naive', 'listened', 'looked'] as const;
export type Design = (typeof designs)[number];

/** Firestore operations. */
export interface Operations {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
}

/** Length of a person's day, in s. */
export const DAY = 8 * 3_600;
/** Interval between renewals of a lease of 5 min, in s: each is 45 to 55 s before its end. */
export const RENEWAL = { least: 245, most: 255, mean: 250 } as const;
/** Number of people in one document. */
export const SHARD = 100;
/** Up to this many people, clients listen; with more people they poll. */
export const LISTENED = 12;

/** Interval between polls of a lobby with this many people, in s. */
export const lookEvery = (people: number): number => Math.min(120, 1.2 * people);
/** Number of documents for this many people. A query that finds none still costs one read. */
export const shardsOf = (people: number): number => Math.max(1, Math.ceil(people / SHARD));
/** Daily quota of the free tier. */
export const free = { reads: 50_000, writes: 20_000, deletes: 20_000 } as const;

/**
 * Cost of a day on which each of this many people appears once, is visible for eight hours with the list on the screen,
 * and leaves once.
 */
export function formula(design: Design, people: number): Operations {
  const renewals = DAY / RENEWAL.mean;
  const writes = people * (renewals + 2);
  const deliveries = people ** 2 * (renewals + 1);
  switch (design) {
    case 'naive':
      // Leaving is a delete, which costs listeners nothing.
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

/** Each client reads the lobby and its shards once; listening clients read the shards once more. */
const opening = (people: number) => people * (1 + shardsOf(people));
