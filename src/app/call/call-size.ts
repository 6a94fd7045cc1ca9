/** Number of seats in a new call: as many people as a mesh connects well. */
export const SEATS = 8;
/** Smallest number of seats of a call. */
export const FEWEST_SEATS = 2;

/** Fewest seats with which all these members keep theirs. */
export const seatsFor = (members: readonly { readonly number: number }[]): number =>
  Math.max(FEWEST_SEATS, ...members.map(({ number }) => number + 1));
