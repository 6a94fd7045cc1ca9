/** Columns and rows of a grid of tiles. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Length of each of several equal parts of a length, with gaps between them. */
export const share = (length: number, count: number, gap: number): number =>
  (length - gap * (count - 1)) / count;

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
    const cellWidth = share(width, columns, gap);
    const cellHeight = share(height, rows, gap);
    const shown = Math.min(cellWidth, cellHeight * wanted) * Math.min(cellHeight, cellWidth / wanted);
    if (cellWidth > 0 && cellHeight > 0 && shown > most) {
      most = shown;
      best = { columns, rows };
    }
  }
  return best;
};

/** Where people are while a screen is shown: in a column beside it, or in a row below it; sizes in CSS px. */
export interface TilesAtScreen {
  readonly below: boolean;
  readonly width: number;
  readonly height: number;
}

/** Smallest and largest width of a tile at a screen, in CSS px, and the share of the stage that it takes in between. */
const atScreen = { least: 112, most: 256, share: 0.16, shareBelow: 0.3 } as const;

/**
 * Tiles of the preferred ratio at a screen, on a stage of the given size. Where there are too many for that, they all become
 * smaller, up to 16:9 or 9:16, so that none is mostly bands.
 */
export const tilesAtScreen = (count: number, width: number, height: number, gap = 8): TilesAtScreen => {
  const below = height > width;
  const part = below ? atScreen.shareBelow : atScreen.share;
  const wide = Math.min(Math.max(width * part, atScreen.least), atScreen.most);
  const high = wide / wanted;
  // A gap also separates the tiles from the empty space at both ends.
  const room = Math.max(0, ((below ? width : height) - gap * (count + 1)) / count);
  const round = (side: number) => Math.floor(side * 100) / 100;
  return below
    ? { below, width: round(Math.min(wide, room)), height: round(Math.min(high, (room * 16) / 9)) }
    : { below, width: round(Math.min(wide, (room * 16) / 9)), height: round(Math.min(high, room)) };
};
