/// Blurs the background of a camera's frames, beside the page so that the call does not wait for it.
import type { BlurReport, BlurTask } from './blur-messages';
import { CostMeter, sizeFor } from './pace';
import { Painter } from './painter';
import { loadSegmenter, type SegmenterFiles } from './segmenter';

/** Frames requested per second where the browser does not stream them. */
const RATE = 24;

const report = (message: BlurReport, transfer: Transferable[] = []) => postMessage(message, { transfer });

const fail = (error: unknown) => report({ kind: 'failed', words: String(error) });

/** Paints one frame at a time at a pace that the device can keep up with. */
class Work {
  private readonly meter = new CostMeter();
  private frames = 0;
  private shown = '';

  constructor(private readonly painter: Painter) {}

  /**
   * Paints a frame.
   *
   * @param use takes the canvas with the blurred frame; not called for frames that the pace skips
   * @returns false once the blur costs too much
   */
  do(
    frame: CanvasImageSource,
    width: number,
    height: number,
    use: (picture: OffscreenCanvas) => void,
  ): boolean {
    const { pace } = this.meter;
    const begin = performance.now();
    const turn = this.frames;
    this.frames += 1;
    if (turn % pace.frameEvery === 0) {
      const size = sizeFor(width, height, pace);
      use(this.painter.paint(frame, size, (turn / pace.frameEvery) % pace.maskEvery === 0));
      const shown = `${size.width} ${size.height}`;
      if (shown !== this.shown) report({ kind: 'shown', ...size });
      this.shown = shown;
    }
    const end = performance.now();
    const verdict = this.meter.count(end, end - begin);
    if (verdict?.next === 'keep') report({ kind: 'measured', share: verdict.share });
    if (verdict?.next === 'refuse') report({ kind: 'refused', share: verdict.share });
    return verdict?.next !== 'refuse';
  }
}

const ready = async (files: SegmenterFiles) => new Work(new Painter(await loadSegmenter(files)));

const stream = async (task: BlurTask & { readonly kind: 'streams' }): Promise<void> => {
  const work = await ready(task.files);
  const frames = task.frames.getReader();
  const blurred = task.blurred.getWriter();
  for (;;) {
    const { value: frame } = await frames.read();
    if (!frame) return;
    let goesOn = true;
    let picture: VideoFrame | null = null;
    try {
      goesOn = work.do(frame, frame.displayWidth, frame.displayHeight, (canvas) => {
        picture = new VideoFrame(canvas, { timestamp: frame.timestamp, alpha: 'discard' });
      });
    } finally {
      frame.close();
    }
    if (picture !== null) await blurred.write(picture);
    if (!goesOn) return;
  }
};

const request = async (task: BlurTask & { readonly kind: 'bitmaps' }): Promise<void> => {
  const work = await ready(task.files);
  let isWaiting = false;
  const clock = setInterval(() => {
    if (isWaiting) return;
    isWaiting = true;
    report({ kind: 'next' });
  }, 1_000 / RATE);
  addEventListener('message', ({ data }: MessageEvent<BlurTask>) => {
    if (data.kind !== 'frame') return;
    isWaiting = false;
    const { frame } = data;
    if (frame === null) return;
    try {
      const goesOn = work.do(frame, frame.width, frame.height, (canvas) => {
        const picture = canvas.transferToImageBitmap();
        report({ kind: 'frame', frame: picture }, [picture]);
      });
      if (!goesOn) clearInterval(clock);
    } catch (error) {
      clearInterval(clock);
      fail(error);
    } finally {
      frame.close();
    }
  });
};

addEventListener('message', ({ data }: MessageEvent<BlurTask>) => {
  if (data.kind === 'streams') stream(data).catch(fail);
  else if (data.kind === 'bitmaps') request(data).catch(fail);
});
