/// Sends the frames of one encoder through several senders (WebRTC Encoded Transform).
import { elapsed } from '../loading/clock';
import {
  type FanOutOptions,
  type FanOutReport,
  type FanOutTask,
  FANNED_OUT,
  isPlaceholder,
  PLACEHOLDER,
} from './fan-out-messages';

/** Frames that wait for a placeholder; with more, the follower begins again with a whole frame. */
const MOST_WAITING = 8;
/** The least time between two placeholders of a sender, in ms: nearer ones would get the same RTP timestamp. */
const TICK_GAP = 4;
/** After this time without a placeholder, those under way count as lost, in ms: an encoder may skip frames. */
const LOST_AFTER = 200;
/** An encoder that returned no placeholder for this long isn't running, in ms: the picture is paused, or it is starting. */
const STOPPED_AFTER = 1_000;
/** How often a placeholder that came out too early is made up for, in ms. */
const CATCH_UP = 8;
/** The least time between two requests for a whole frame, in ms. */
const ASK_GAP = 400;

/** What the worker's events bring; TypeScript's DOM library lacks both. */
interface Transformer {
  readonly readable: ReadableStream<RTCEncodedVideoFrame>;
  readonly writable: WritableStream<RTCEncodedVideoFrame>;
  readonly options: FanOutOptions;
}
type FrameMetadata = RTCEncodedVideoFrameMetadata & { readonly mimeType?: string };
type TransformEvent = Event & { readonly transformer: Transformer };

const report = (message: FanOutReport) => postMessage(message);

const grey = new Uint8Array((PLACEHOLDER.width * PLACEHOLDER.height * 3) / 2).fill(128);

/** The sender or its placeholder's track has ended; its outlet is about to. */
const ended = (): void => undefined;

class Outlet {
  private source: Outlet | null = null;
  private readonly followers = new Set<Outlet>();
  private works = false;
  private writer: WritableStreamDefaultWriter<RTCEncodedVideoFrame> | null = null;
  private ticks: WritableStreamDefaultWriter<VideoFrame> | null = null;
  /** Data of the source's frames, oldest first. */
  private waiting: ArrayBuffer[] = [];
  /** Whether the peer has had a whole frame of the source, and everything since. */
  private synced = false;
  /** Placeholders that the encoder has been given and has not returned. */
  private underWay = 0;
  private lastTick = -Infinity;
  private lastReturn = -Infinity;
  private asked = -Infinity;
  private catchUp: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly id: number) {}

  async run({ readable, writable }: Transformer): Promise<void> {
    const reader = readable.getReader();
    this.writer = writable.getWriter();
    for (;;) {
      const { done, value: frame } = await reader.read();
      if (done) return;
      this.unharmed(() => this.handle(frame));
    }
  }

  private handle(frame: RTCEncodedVideoFrame): void {
    const { width = 0, height = 0, mimeType } = frame.getMetadata() as FrameMetadata;
    const fits = mimeType === FANNED_OUT.mimeType;
    if (isPlaceholder(width, height)) return this.replace(frame, fits);
    this.pass(frame, fits);
    if (this.works || width === 0 || mimeType === undefined) return;
    this.works = true;
    report({ kind: 'works', id: this.id });
  }

  setPlaceholder(frames: WritableStream<VideoFrame>): void {
    this.ticks = frames.getWriter();
  }

  follow(source: Outlet | null): void {
    this.source?.followers.delete(this);
    this.source = source;
    source?.followers.add(this);
    this.begin();
  }

  end(): void {
    this.follow(null);
    for (const follower of [...this.followers]) follower.follow(null);
    this.ticks?.close().catch(ended);
    this.ticks = null;
  }

  /** Pictures depend on the loop over all frames: a fault with one frame must not end it. */
  private unharmed(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.begin();
      report({ kind: 'fault', words: String(error) });
    }
  }

  /** Forgets the frames of the source: the next must be a whole one. */
  private begin(): void {
    clearTimeout(this.catchUp);
    this.catchUp = undefined;
    this.waiting = [];
    this.synced = false;
  }

  /** A frame of this sender's own picture. @param fits whether it can be sent by another sender */
  private pass(frame: RTCEncodedVideoFrame, fits: boolean): void {
    for (const follower of fits ? this.followers : []) follower.unharmed(() => follower.take(frame));
    // Those still under way when the placeholder took over are for the peer as well, until the source's frames follow.
    if (!this.synced) this.write(frame);
  }

  /** A frame of the source. */
  private take(frame: RTCEncodedVideoFrame): void {
    if (!this.synced) {
      this.tick();
      if (elapsed() - this.lastReturn > STOPPED_AFTER) return;
      if (frame.type !== 'key') return this.source?.askWhole();
      this.begin();
      this.synced = true;
      this.underWay = 0;
    }
    this.waiting.push(frame.data.slice(0));
    if (this.waiting.length > MOST_WAITING) {
      this.begin();
      this.source?.askWhole();
      return;
    }
    this.tick();
  }

  /** A placeholder, which takes the data of the oldest frame of the source to the peer. */
  private replace(frame: RTCEncodedVideoFrame, fits: boolean): void {
    this.lastReturn = elapsed();
    this.underWay = Math.max(0, this.underWay - 1);
    // The peer asked for a whole frame.
    if (frame.type === 'key' && this.synced) this.source?.askWhole();
    const data = this.synced && fits ? this.waiting.shift() : undefined;
    if (!data) return;
    frame.data = data;
    this.write(frame);
  }

  private tick(): void {
    const now = elapsed();
    if (!this.ticks || now - this.lastTick < TICK_GAP) return this.tickLater();
    if (now - this.lastReturn > LOST_AFTER) this.underWay = 0;
    this.underWay += 1;
    this.lastTick = now;
    const frame = new VideoFrame(grey, {
      format: 'I420',
      codedWidth: PLACEHOLDER.width,
      codedHeight: PLACEHOLDER.height,
      timestamp: Math.round(now * 1_000),
    });
    this.ticks.write(frame).catch(ended);
    this.tickLater();
  }

  /** Two frames may have come for one placeholder. */
  private tickLater(): void {
    if (this.waiting.length <= this.underWay) return;
    this.catchUp ??= setTimeout(() => {
      this.catchUp = undefined;
      if (this.waiting.length > this.underWay) this.tick();
    }, CATCH_UP);
  }

  private askWhole(): void {
    const now = elapsed();
    if (now - this.asked < ASK_GAP) return;
    this.asked = now;
    report({ kind: 'key', id: this.id });
  }

  private write(frame: RTCEncodedVideoFrame): void {
    this.writer?.write(frame).catch(ended);
  }
}

const outlets = new Map<number, Outlet>();
const outletOf = (id: number): Outlet => {
  const known = outlets.get(id) ?? new Outlet(id);
  outlets.set(id, known);
  return known;
};

addEventListener('rtctransform', (event) => {
  const { transformer } = event as TransformEvent;
  void outletOf(transformer.options.id).run(transformer);
});

addEventListener('message', ({ data }: MessageEvent<FanOutTask>) => {
  const outlet = outletOf(data.id);
  switch (data.kind) {
    case 'placeholder':
      return outlet.setPlaceholder(data.frames);
    case 'follow':
      return outlet.follow(data.source === null ? null : outletOf(data.source));
    case 'end':
      outlet.end();
      outlets.delete(data.id);
  }
});

report({ kind: 'ready' });
