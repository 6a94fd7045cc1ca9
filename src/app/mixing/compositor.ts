import { pictureScale } from '../layout/picture-fit';
import type { Box } from '../layout/stage-layout';
import { PlayingVideos } from './playing-videos';

/** A part of the composed picture. */
export interface Picture {
  /** What moves in it; null shows the name alone. */
  readonly stream: MediaStream | null;
  readonly name: string;
  /** Where it is, in px. */
  readonly box: Box;
  /** Whether the video fills the box as far as that cuts off no face, or is shown whole, with bands. */
  readonly fit: 'fill' | 'whole';
}

const paper = '#121410';
const tilePaper = '#232622';
const ink = '#e2e3dc';

/** Composes pictures into one, on a canvas. It shows what was drawn last. */
export class Compositor {
  private readonly videos = new PlayingVideos();
  private readonly context: CanvasRenderingContext2D;
  private readonly captured: MediaStream;

  /**
   * @param width width of the composed picture, in px
   * @param height its height, in px
   * @param frameRate most frames per second
   */
  constructor(
    private readonly width: number,
    private readonly height: number,
    frameRate: number,
  ) {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    this.context = canvas.getContext('2d', { alpha: false })!;
    this.captured = canvas.captureStream(frameRate);
  }

  /** The composed picture. */
  get track(): MediaStreamTrack {
    return this.captured.getVideoTracks()[0]!;
  }

  /** Aspect ratio of a stream's video, width to height; null until its first frame. Begins to play the stream. */
  ratioOf(stream: MediaStream): number | null {
    const { videoWidth, videoHeight } = this.videos.of(stream);
    return videoWidth > 0 ? videoWidth / videoHeight : null;
  }

  /** Draws one frame with these pictures, later ones on top. Plays their streams from now on, and no others. */
  draw(pictures: readonly Picture[]): void {
    this.videos.keep(new Set(pictures.flatMap(({ stream }) => stream ?? [])));
    this.context.fillStyle = paper;
    this.context.fillRect(0, 0, this.width, this.height);
    for (const picture of pictures) this.drawPicture(picture);
  }

  close(): void {
    this.track.stop();
    this.videos.keep(new Set());
  }

  private drawPicture({ stream, name, box, fit }: Picture): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 12);
    context.clip();
    context.fillStyle = tilePaper;
    context.fillRect(box.x, box.y, box.width, box.height);
    if (stream) this.drawVideo(this.videos.of(stream), box, fit);
    this.drawName(name, box);
    context.restore();
  }

  private drawVideo(video: HTMLVideoElement, box: Box, fit: Picture['fit']): void {
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return;
    const enlarged = fit === 'fill' ? pictureScale(videoWidth / videoHeight, box.width / box.height) : 1;
    const scale = enlarged * Math.min(box.width / videoWidth, box.height / videoHeight);
    const [wide, high] = [videoWidth * scale, videoHeight * scale];
    const [x, y] = [box.x + (box.width - wide) / 2, box.y + (box.height - high) / 2];
    this.context.drawImage(video, x, y, wide, high);
  }

  private drawName(name: string, box: Box): void {
    const { context } = this;
    const size = Math.max(12, Math.min(20, box.height / 12));
    context.font = `${size}px system-ui, sans-serif`;
    context.textBaseline = 'bottom';
    const [x, y] = [box.x + size / 2, box.y + box.height - size / 2];
    context.fillStyle = 'rgb(0 0 0 / 60%)';
    context.fillRect(x - 4, y - size - 4, context.measureText(name).width + 8, size + 8);
    context.fillStyle = ink;
    context.fillText(name, x, y);
  }
}
