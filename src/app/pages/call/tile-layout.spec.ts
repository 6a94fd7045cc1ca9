import { pictureZoom, tileGrid } from './tile-layout';

describe('tileGrid', () => {
  it('gives every tile a cell, from 1 to 16, on any screen', () => {
    for (const [width, height] of [
      [320, 400],
      [1280, 640],
      [3840, 2000],
    ] as const) {
      for (let count = 1; count <= 16; count++) {
        const { columns, rows } = tileGrid(count, width, height);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect(columns * rows - count)
          .withContext(`${count} on ${width}`)
          .toBeLessThan(columns);
      }
    }
  });

  it('puts two side by side on a wide screen, and one above the other on a tall one', () => {
    expect(tileGrid(2, 1280, 600)).toEqual({ columns: 2, rows: 1 });
    expect(tileGrid(2, 390, 640)).toEqual({ columns: 1, rows: 2 });
  });

  it('does not fail before layout', () => {
    expect(tileGrid(3, 0, 0)).toEqual({ columns: 1, rows: 3 });
  });
});

describe('pictureZoom', () => {
  it('fills the tile if little is cut off', () => {
    expect(pictureZoom(16 / 9, 4 / 3)).toBeCloseTo(4 / 3);
    expect(pictureZoom(1, 1)).toBe(1);
  });

  it('cuts off no more than allowed of an upright picture on a wide tile, and vice versa', () => {
    expect(pictureZoom(9 / 16, 16 / 9, 0.35)).toBeCloseTo(1 / 0.65);
    expect(pictureZoom(16 / 9, 9 / 16, 0.35)).toBeCloseTo(1 / 0.65);
  });

  it('leaves the picture alone while a size is unknown', () => {
    expect(pictureZoom(0, 1)).toBe(1);
    expect(pictureZoom(1, Number.NaN)).toBe(1);
  });
});
