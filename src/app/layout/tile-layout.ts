/** Columns and rows of a grid of tiles. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Length of each of several equal parts of a length, with gaps between them. */
export const share = (length: number, count: number, gap: number): number =>
  (length - gap * (count - 1)) / count;

/** Preferred aspect ratio of a tile, width to height: most cameras send 16:9, phones held upright 9:16. */
export const WANTED = 4 / 3;

/**
 * The grid in which `count` tiles show the most picture in an area (all in CSS px). Tiles fill their cells. The measure is how
 * much of a cell a picture of the preferred ratio covers, so that no cell gets thin.
 */
export const tileGrid = (count: number, width: number, height: number, gap = 8): TileGrid => {
  let best: TileGrid = { columns: 1, rows: Math.max(1, count) };
  let most = -1;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = share(width, columns, gap);
    const cellHeight = share(height, rows, gap);
    const shown = Math.min(cellWidth, cellHeight * WANTED) * Math.min(cellHeight, cellWidth / WANTED);
    if (cellWidth > 0 && cellHeight > 0 && shown > most) {
      most = shown;
      best = { columns, rows };
    }
  }
  return best;
};
