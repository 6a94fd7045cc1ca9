import { WANTED } from './tile-layout';

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
  const high = wide / WANTED;
  // A gap also separates the tiles from the empty space at both ends.
  const room = Math.max(0, ((below ? width : height) - gap * (count + 1)) / count);
  const round = (side: number) => Math.floor(side * 100) / 100;
  return below
    ? { below, width: round(Math.min(wide, room)), height: round(Math.min(high, (room * 16) / 9)) }
    : { below, width: round(Math.min(wide, (room * 16) / 9)), height: round(Math.min(high, room)) };
};
