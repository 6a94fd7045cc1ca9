/** The order of the members' tiles. Sessions name members. */
export interface TileOrder {
  /** What is large; null in a grid. */
  readonly large: string | null;
  /** The other members in tiles. */
  readonly tiles: readonly string[];
  /** Those who have been speakers, the latest first. */
  readonly spoke: readonly string[];
}

/** What the order depends on. */
export interface OnTiles {
  /** The other members, in the order in which they joined. */
  readonly members: readonly string[];
  /** The member to show large; null in a grid. */
  readonly large: string | null;
  /** The other member who speaks, if any. */
  readonly speaker: string | null;
  /** Number of tiles on a page. */
  readonly perPage: number;
  /** Number of tiles before these: of screens. */
  readonly ahead: number;
  /** The page that is shown, from 0. */
  readonly page: number;
}

export const NO_TILES: TileOrder = { large: null, tiles: [], spoke: [] };

/**
 * The next order. A visible tile stays where it is:
 *
 * - a newcomer comes last
 * - a speaker on a hidden page changes places with the member of the first page who has been silent the longest
 * - a member who becomes large changes places with the one who was
 * - the first hidden member takes the place of one who left
 */
export const nextOrder = (
  before: TileOrder,
  { members, large, speaker, perPage, ahead, page }: OnTiles,
): TileOrder => {
  const isNew = speaker !== null && speaker !== before.spoke[0];
  const spoke = [...(isNew ? [speaker] : []), ...before.spoke.filter((one) => !isNew || one !== speaker)];
  const known = spoke.filter((one) => members.includes(one));
  const first = Math.max(1, perPage - ahead);
  const tiles = withLarge(before, members, large, first);
  const from = speaker === null ? -1 : tiles.indexOf(speaker);
  const isVisible = from < first || Math.floor((from + ahead) / perPage) === page;
  return { large, tiles: isVisible ? tiles : withOnFirst(tiles, from, known, first), spoke: known };
};

/** The members who aren't large, with those who left removed and newcomers added. */
const withLarge = (
  before: TileOrder,
  members: readonly string[],
  large: string | null,
  first: number,
): readonly string[] => {
  const smaller = before.large !== null && members.includes(before.large) ? before.large : null;
  let tiles = [...before.tiles];
  if (large !== before.large && smaller !== null) {
    const index = large === null ? -1 : tiles.indexOf(large);
    if (index >= 0) tiles[index] = smaller;
    else tiles.unshift(smaller);
  }
  const leaves = (one: string) => !members.includes(one) || one === large;
  for (let index = tiles.findIndex(leaves); index >= 0; index = tiles.findIndex(leaves)) {
    const next = tiles.findIndex((one, at) => at >= first && !leaves(one));
    if (index < first && next > 0) [tiles[index]] = tiles.splice(next, 1) as [string];
    else tiles.splice(index, 1);
  }
  tiles = [...tiles, ...members.filter((one) => one !== large && !tiles.includes(one))];
  return tiles;
};

/** The tile at `from` changes places with the one of the first page whose member has been silent the longest. */
const withOnFirst = (
  tiles: readonly string[],
  from: number,
  spoke: readonly string[],
  first: number,
): readonly string[] => {
  const rank = (one: string) => (spoke.includes(one) ? spoke.indexOf(one) : Infinity);
  // Of those who never spoke, the last one.
  const to = tiles
    .slice(0, first)
    .reduce((least, one, index, all) => (rank(one) >= rank(all[least]!) ? index : least), 0);
  const swapped = [...tiles];
  [swapped[from], swapped[to]] = [tiles[to]!, tiles[from]!];
  return swapped;
};
