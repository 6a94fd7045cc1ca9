/** Region of a picture in which a face is expected, as shares of the picture's width and height, around its centre. */
export const FACE = { width: 0.4, height: 0.8 } as const;
/** Maximum share of that region that filling a tile may cut off. */
export const MOST_CUT = 0.25;

/**
 * How much to enlarge a picture that lies whole in its tile (`object-fit: contain`); both are given as width to height. It
 * fills the tile unless that cuts off more than `MOST_CUT` of the region of the face. Otherwise it grows up to that limit and
 * keeps bands: a person upright on a phone should not lose their head on a wide screen.
 */
export const pictureScale = (picture: number, tile: number): number => {
  if (!(picture > 0) || !(tile > 0)) return 1;
  // Only the longer side is cut off: of it, 1 / scale stays visible.
  const least = (picture > tile ? FACE.width : FACE.height) * (1 - MOST_CUT);
  return Math.min(Math.max(picture, tile) / Math.min(picture, tile), 1 / least);
};
