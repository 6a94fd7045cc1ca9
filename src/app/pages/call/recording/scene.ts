import type { Scene } from '../../../mixing/recording';
import { ticking } from './ticker';

/** Size of a recording, in px, and its frames per second. */
const [width, height, frameRate] = [1280, 720, 25];
const paper = '#121410';
const tilePaper = '#232622';
const ink = '#e2e3dc';

/**
 * The picture and sound of a call as a stream: the stage as laid out, redrawn for every frame, and everyone's sound mixed.
 *
 * @param microphone the person's own sound at present; null while it is off
 */
export function openScene(stage: HTMLElement, microphone: () => MediaStreamTrack | null): Scene {
  const canvas = stage.ownerDocument.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { alpha: false })!;
  const sound = new Sound();
  const refresh = (): void => {
    draw(context, stage);
    sound.mix([...soundsOf(stage), microphone()].filter((track) => track !== null));
  };
  refresh();
  // Not with the page's animation frames or timers, because a recording must continue while its page is in the background.
  const end = ticking(refresh, frameRate);
  const stream = new MediaStream([...canvas.captureStream(frameRate).getTracks(), sound.track]);
  return {
    stream,
    close: () => {
      end();
      stream.getTracks().forEach((track) => track.stop());
      sound.close();
    },
  };
}

/** Mixes several sounds into one. */
class Sound {
  private readonly context = new AudioContext();
  private readonly output = this.context.createMediaStreamDestination();
  private readonly inputs = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  get track(): MediaStreamTrack {
    return this.output.stream.getAudioTracks()[0]!;
  }

  /** Plays these tracks from now on, and no others. */
  mix(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, node] of this.inputs) {
      if (tracks.includes(track)) continue;
      node.disconnect();
      this.inputs.delete(track);
    }
    for (const track of tracks) {
      if (this.inputs.has(track)) continue;
      const node = this.context.createMediaStreamSource(new MediaStream([track]));
      node.connect(this.output);
      this.inputs.set(track, node);
    }
  }

  close(): void {
    this.mix([]);
    void this.context.close();
  }
}

function soundsOf(stage: HTMLElement): readonly MediaStreamTrack[] {
  return [...stage.querySelectorAll('video')].flatMap(({ srcObject }) =>
    srcObject instanceof MediaStream ? srcObject.getAudioTracks() : [],
  );
}

function draw(context: CanvasRenderingContext2D, stage: HTMLElement): void {
  const all = stage.getBoundingClientRect();
  const scale = Math.min(width / all.width, height / all.height);
  if (!Number.isFinite(scale)) return;
  const [left, top] = [(width - all.width * scale) / 2, (height - all.height * scale) / 2];
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  for (const tile of stage.querySelectorAll('article')) {
    const { x, y, width: wide, height: high } = tile.getBoundingClientRect();
    const box = new DOMRect(
      left + (x - all.x) * scale,
      top + (y - all.y) * scale,
      wide * scale,
      high * scale,
    );
    drawTile(context, tile, box);
  }
}

function drawTile(context: CanvasRenderingContext2D, tile: HTMLElement, box: DOMRect): void {
  context.save();
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 12);
  context.clip();
  context.fillStyle = tilePaper;
  context.fillRect(box.x, box.y, box.width, box.height);
  const video = tile.querySelector('video');
  const name = tile.getAttribute('aria-label') ?? '';
  if (video && video.videoWidth > 0 && getComputedStyle(video).opacity !== '0') {
    // As large as the tile shows it; unlike there, never mirrored.
    const enlarged = Math.abs(Number.parseFloat(getComputedStyle(video).scale)) || 1;
    const fit = enlarged * Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
    const [wide, high] = [video.videoWidth * fit, video.videoHeight * fit];
    context.drawImage(video, box.x + (box.width - wide) / 2, box.y + (box.height - high) / 2, wide, high);
  }
  const size = Math.max(12, Math.min(20, box.height / 12));
  context.font = `${size}px system-ui, sans-serif`;
  context.textBaseline = 'bottom';
  const [x, y] = [box.x + size / 2, box.y + box.height - size / 2];
  context.fillStyle = 'rgb(0 0 0 / 60%)';
  context.fillRect(x - 4, y - size - 4, context.measureText(name).width + 8, size + 8);
  context.fillStyle = ink;
  context.fillText(name, x, y);
  context.restore();
}
