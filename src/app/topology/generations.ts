import type { OfferTarget } from './topology';

/**
 * A link offered at a free seat stays the same link when a member takes that seat. So a seat's links are counted in
 * generations: the next one begins when that member has left, or when a standing offer is withdrawn from those who have seen
 * it.
 */
export interface Generation {
  readonly number: number;
  readonly session: string | null;
}

export function nextGeneration(
  held: Generation | undefined,
  session: string | null,
  withdrawn = false,
): Generation {
  if (!held) {
    return { number: 0, session };
  }
  const changed = held.session === null ? session === null && withdrawn : held.session !== session;
  return { number: held.number + (changed ? 1 : 0), session };
}

/** By seat, the generation of the links offered there. */
export type Generations = ReadonlyMap<number, Generation>;

/** A target and the generation of its link. */
export interface NumberedTarget extends OfferTarget {
  readonly generation: number;
}

/**
 * The generations once offers are published for `targets`.
 *
 * @param withdrawn whether standing offers are made again
 */
export const nextGenerations = (
  held: Generations,
  targets: readonly OfferTarget[],
  withdrawn = false,
): Generations =>
  new Map([
    ...held,
    ...targets.map(
      ({ seat, session }) => [seat, nextGeneration(held.get(seat), session, withdrawn)] as const,
    ),
  ]);
