/// Pure work on pixels. All pictures are stored row by row, RGBA with 8 bits each.

/** The size of the picture that the model looks at, and of its mask, in pixels. */
export const MASK_WIDTH = 256;
export const MASK_HEIGHT = 144;

/** Each pixel of the backdrop covers this many pixels of the mask in each direction. */
const CELL = 4;
export const BACKDROP_WIDTH = MASK_WIDTH / CELL;
export const BACKDROP_HEIGHT = MASK_HEIGHT / CELL;

/** Pixels of the backdrop that are averaged in each direction, twice. */
const RADIUS = 2;

/** Below the first confidence a pixel is background, above the second it is the person. */
const BACKGROUND = 0.35;
const PERSON = 0.75;

/** The weight of the newest confidence: less makes edges calmer, and slower. */
const NEWEST = 0.7;

/**
 * Merges new confidences into the smoothed ones, and writes the result as the alpha of a picture: opaque where the person
 * is.
 *
 * @param confidence how sure the model is that a pixel belongs to a person, 0…1
 * @param smoothed the smoothed confidences so far; updated
 * @param picture its alpha is overwritten
 */
export const writeMask = (
  confidence: Float32Array,
  smoothed: Float32Array,
  picture: Uint8ClampedArray,
): void => {
  for (let index = 0; index < smoothed.length; index += 1) {
    const before = smoothed[index] ?? 0;
    const now = before + NEWEST * ((confidence[index] ?? 0) - before);
    smoothed[index] = now;
    const part = Math.min(1, Math.max(0, (now - BACKGROUND) / (PERSON - BACKGROUND)));
    picture[index * 4 + 3] = part * part * (3 - 2 * part) * 255;
  }
};

/** Averages each pixel with its neighbours along one direction. `step` and `line` are distances in pixels. */
const average = (
  from: Float32Array,
  to: Float32Array,
  length: number,
  step: number,
  lines: number,
  line: number,
): void => {
  for (let at = 0; at < lines; at += 1) {
    for (let index = 0; index < length; index += 1) {
      const first = Math.max(0, index - RADIUS);
      const last = Math.min(length - 1, index + RADIUS);
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let near = first; near <= last; near += 1)
          sum += from[(at * line + near * step) * 4 + channel] ?? 0;
        to[(at * line + index * step) * 4 + channel] = sum / (last - first + 1);
      }
    }
  }
};

/**
 * The blurred background, in `BACKDROP_WIDTH` × `BACKDROP_HEIGHT` pixels: an average of the pixels around each place, in
 * which those of the person count little, so that no halo of their colours surrounds them.
 *
 * @param picture RGB of the camera's picture, with the alpha of `writeMask`
 * @param backdrop receives the result, opaque
 */
export const writeBackdrop = (picture: Uint8ClampedArray, backdrop: Uint8ClampedArray): void => {
  const size = BACKDROP_WIDTH * BACKDROP_HEIGHT * 4;
  let sums = new Float32Array(size);
  let others = new Float32Array(size);
  for (let y = 0; y < MASK_HEIGHT; y += 1) {
    for (let x = 0; x < MASK_WIDTH; x += 1) {
      const from = (y * MASK_WIDTH + x) * 4;
      const to = (Math.floor(y / CELL) * BACKDROP_WIDTH + Math.floor(x / CELL)) * 4;
      // Where there is nothing but the person, their own colours are better than none.
      const weight = 255.5 - (picture[from + 3] ?? 0);
      for (let channel = 0; channel < 3; channel += 1) {
        sums[to + channel] = (sums[to + channel] ?? 0) + weight * (picture[from + channel] ?? 0);
      }
      sums[to + 3] = (sums[to + 3] ?? 0) + weight;
    }
  }
  for (let pass = 0; pass < 2; pass += 1) {
    average(sums, others, BACKDROP_WIDTH, 1, BACKDROP_HEIGHT, BACKDROP_WIDTH);
    [sums, others] = [others, sums];
    average(sums, others, BACKDROP_HEIGHT, BACKDROP_WIDTH, BACKDROP_WIDTH, 1);
    [sums, others] = [others, sums];
  }
  for (let index = 0; index < size; index += 4) {
    const weight = sums[index + 3] ?? 1;
    for (let channel = 0; channel < 3; channel += 1) {
      backdrop[index + channel] = (sums[index + channel] ?? 0) / weight;
    }
    backdrop[index + 3] = 255;
  }
};
