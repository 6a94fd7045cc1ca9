import { BACKDROP_HEIGHT, BACKDROP_WIDTH, MASK_HEIGHT, MASK_WIDTH, writeBackdrop, writeMask } from './mask';
import type { Segmenter } from './segmenter';

const canvas = (width: number, height: number, readsOften: boolean) => {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: readsOften });
  if (context === null) throw new Error('No canvas.');
  return context;
};

/** Paints a camera's frames with their background blurred. */
export class Painter {
  private readonly mask = canvas(MASK_WIDTH, MASK_HEIGHT, true);
  private readonly backdrop = canvas(BACKDROP_WIDTH, BACKDROP_HEIGHT, true);
  private readonly picture = canvas(2, 2, false);
  private readonly smoothed = new Float32Array(MASK_WIDTH * MASK_HEIGHT);
  private readonly blurred = new ImageData(BACKDROP_WIDTH, BACKDROP_HEIGHT);
  private isMasked = false;

  constructor(private readonly segmenter: Segmenter) {}

  /**
   * Paints a frame.
   *
   * @param findsPerson whether to look for the person again; the first frame always does
   * @returns the canvas with the blurred picture, the same one each time
   */
  paint(
    frame: CanvasImageSource,
    { width, height }: { readonly width: number; readonly height: number },
    findsPerson: boolean,
  ): OffscreenCanvas {
    if (findsPerson || !this.isMasked) this.findPerson(frame);
    const { picture } = this;
    const { canvas } = picture;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    picture.imageSmoothingQuality = 'high';
    picture.globalCompositeOperation = 'copy';
    picture.drawImage(frame, 0, 0, width, height);
    picture.globalCompositeOperation = 'destination-in';
    picture.drawImage(this.mask.canvas, 0, 0, width, height);
    picture.globalCompositeOperation = 'destination-over';
    picture.drawImage(this.backdrop.canvas, 0, 0, width, height);
    return canvas;
  }

  private findPerson(frame: CanvasImageSource): void {
    this.mask.globalCompositeOperation = 'copy';
    this.mask.drawImage(frame, 0, 0, MASK_WIDTH, MASK_HEIGHT);
    const seen = this.mask.getImageData(0, 0, MASK_WIDTH, MASK_HEIGHT);
    writeMask(this.segmenter.segment(seen.data), this.smoothed, seen.data);
    this.mask.putImageData(seen, 0, 0);
    writeBackdrop(seen.data, this.blurred.data);
    this.backdrop.putImageData(this.blurred, 0, 0);
    this.isMasked = true;
  }
}
