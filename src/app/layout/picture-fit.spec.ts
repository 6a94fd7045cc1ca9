import { FACE, MOST_CUT, pictureScale } from './picture-fit';

/** How much of the region of the face is cut off, from 0 to 1. */
const cut = (picture: number, tile: number): number => {
  const scale = pictureScale(picture, tile);
  const [width, height] = picture > tile ? [1 / scale, 1] : [1, 1 / scale];
  return 1 - Math.min(1, width / FACE.width) * Math.min(1, height / FACE.height);
};

const fills = (picture: number, tile: number) =>
  pictureScale(picture, tile) === Math.max(picture, tile) / Math.min(picture, tile);

describe('pictureScale', () => {
  it('fills a phone held upright with the picture of a computer', () => {
    expect(fills(16 / 9, 360 / 600)).toBeTrue();
    expect(fills(16 / 9, 304 / 460)).toBeTrue();
    expect(cut(16 / 9, 360 / 600)).toBeLessThan(MOST_CUT);
  });

  it('fills tiles of nearly the same shape', () => {
    for (const [picture, tile] of [
      [16 / 9, 4 / 3],
      [4 / 3, 16 / 9],
      [16 / 9, 1264 / 640],
      [9 / 16, 360 / 600],
      [1, 1],
    ] as const) {
      expect(fills(picture, tile)).withContext(`${picture} in ${tile}`).toBeTrue();
    }
  });

  it('never cuts off more of the face’s region than stated, and keeps bands where filling would', () => {
    for (const picture of [9 / 21, 9 / 16, 3 / 4, 1, 4 / 3, 16 / 9, 21 / 9]) {
      for (const tile of [0.2, 0.4, 0.5625, 0.75, 1, 1.5, 2, 3, 5]) {
        expect(cut(picture, tile))
          .withContext(`${picture} in ${tile}`)
          .toBeLessThanOrEqual(MOST_CUT + 1e-9);
      }
    }
    expect(fills(9 / 16, 16 / 9)).toBeFalse();
    expect(cut(9 / 16, 16 / 9)).toBeCloseTo(MOST_CUT);
    expect(fills(16 / 9, 0.4)).toBeFalse();
    expect(cut(16 / 9, 0.4)).toBeCloseTo(MOST_CUT);
  });

  it('leaves the picture alone while a size is unknown', () => {
    expect(pictureScale(0, 1)).toBe(1);
    expect(pictureScale(1, Number.NaN)).toBe(1);
  });
});
