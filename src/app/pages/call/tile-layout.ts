/** Columns and rows of a grid of tiles. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Width to height that a tile should come near: most cameras send 16:9, phones held upright 9:16. */
const wanted = 4 / 3;

/**
 * The grid in which `count` tiles show the most picture in an area (all in CSS pixels). Tiles fill their cells;
 * what counts is how much of a cell a picture of the wanted shape covers, so no cell gets thin.
 */
export const tileGrid = (count: number, width: number, height: number, gap = 8): TileGrid => {
  let best: TileGrid = { columns: 1, rows: Math.max(1, count) };
  let most = -1;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    const shown = Math.min(cellWidth, cellHeight * wanted) * Math.min(cellHeight, cellWidth / wanted);
    if (cellWidth > 0 && cellHeight > 0 && shown > most) {
      most = shown;
      best = { columns, rows };
    }
  }
  return best;
};

/** How a picture lies in its tile. */
export type Fit = 'cover' | 'contain';

/**
 * Fills the tile where little would be cut away, and shows the whole picture with bands beside it where much
 * would: a person upright on a phone should not lose the head on a wide screen.
 */
export const pictureFit = (picture: number, tile: number, mostCut = 0.3): Fit => {
  if (!(picture > 0) || !(tile > 0)) return 'cover';
  const shown = Math.min(picture, tile) / Math.max(picture, tile);
  return 1 - shown <= mostCut ? 'cover' : 'contain';
};
