/** Columns and rows of a grid of tiles. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Preferred aspect ratio of a tile, width to height: most cameras send 16:9, phones held upright 9:16. */
const wanted = 4 / 3;

/**
 * The grid in which `count` tiles show the most picture in an area (all in CSS px). Tiles fill their cells. The measure is how
 * much of a cell a picture of the preferred ratio covers, so that no cell gets thin.
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

/**
 * How much to enlarge a picture that lies whole in its tile (`object-fit: contain`); both are given as width to height. It
 * fills the tile if that cuts off at most `mostCut` of it. Otherwise it grows until that much is cut off and keeps bands beside
 * it: a person upright on a phone should not lose their head on a wide screen.
 */
export const pictureZoom = (picture: number, tile: number, mostCut = 0.35): number => {
  if (!(picture > 0) || !(tile > 0)) return 1;
  const filling = Math.max(picture, tile) / Math.min(picture, tile);
  return Math.min(filling, 1 / (1 - mostCut));
};
