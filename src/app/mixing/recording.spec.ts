import { movingScene } from '../testing/recorded';
import { Recording, type RecordingState } from './recording';
import type { KeptRecording } from './kept-recordings';

/** Stores the chunks and the calls it receives. */
class FakeKept implements KeptRecording {
  readonly chunks: Blob[] = [];
  readonly told: string[] = [];
  /** The number of chunks after which `append` rejects. */
  fullAfter = Infinity;
  seekable = true;
  lost = false;

  append(chunk: Blob): Promise<void> {
    if (this.chunks.length >= this.fullAfter)
      return Promise.reject(new DOMException('full', 'QuotaExceededError'));
    this.chunks.push(chunk);
    return Promise.resolve();
  }
  finish(progress: (share: number) => void) {
    progress(0.5);
    if (this.lost) return Promise.reject(new DOMException('gone', 'UnknownError'));
    const file = new Blob(this.chunks);
    return Promise.resolve(file.size > 0 ? { file, name: 'a.webm', seekable: this.seekable } : null);
  }
  async saved() {
    this.told.push('saved');
  }
  release() {
    this.told.push('released');
  }
  async discard() {
    this.told.push('discarded');
  }
}

describe('Recording', () => {
  let kept: FakeKept;
  let recording: Recording;
  let states: RecordingState[];
  let saved: string[];
  let scene: ReturnType<typeof movingScene> | null;

  const save = (_: Blob, name: string) => void saved.push(name);
  const open = async () => (scene = movingScene());
  const reach = async (seen: () => boolean) => {
    while (!seen()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const status = () => states.at(-1)!.status;

  beforeEach(() => {
    kept = new FakeKept();
    recording = new Recording(async () => kept);
    states = [];
    saved = [];
    scene = null;
    recording.state$.subscribe((state) => states.push(state));
  });
  afterEach(() => scene?.close());

  it('is stored while it runs, and saved at its end', async () => {
    const over = recording.start(open, save);
    await reach(() => kept.chunks.length >= 1);
    expect(status()).toBe('on');
    expect(saved).toEqual([]);
    recording.stop();
    await over;
    expect(saved).toEqual(['a.webm']);
    expect(kept.told).toEqual(['saved']);
    expect(states.map((state) => state.status)).toEqual(['off', 'starting', 'on', 'saving', 'saving', 'off']);
    expect(scene!.stream.getTracks().every(({ readyState }) => readyState === 'ended')).toBeTrue();
  });

  it('reports a failed start, and can be started again', async () => {
    const failures = [
      () => Promise.reject(new TypeError('the part did not arrive')),
      // There are no tracks, so the recorder refuses.
      async () => ({ stream: new MediaStream(), close: () => undefined }),
    ];
    for (const fail of failures) {
      await recording.start(fail, save);
      expect(states.at(-1)).toEqual({ status: 'failed', reason: 'start' });
      expect(kept.told.splice(0)).toEqual(['discarded']);
    }
    const over = recording.start(open, save);
    await reach(() => status() === 'on');
    recording.stop();
    await over;
    expect(status()).toBe('off');
  });

  it('reports a failed start when nothing can be stored', async () => {
    recording = new Recording(() => Promise.reject(new DOMException('broken', 'UnknownError')));
    recording.state$.subscribe((state) => states.push(state));
    await recording.start(open, save);
    expect(states.at(-1)).toEqual({ status: 'failed', reason: 'start' });
  });

  it('ends when the space runs out, and keeps what was stored', async () => {
    kept.fullAfter = 1;
    await recording.start(open, save);
    expect(states.at(-1)).toEqual({ status: 'failed', reason: 'disk' });
    expect(kept.chunks.length).toBe(1);
    expect(saved).toEqual(['a.webm']);
  });

  it('reports when there was no space for anything', async () => {
    kept.fullAfter = 0;
    await recording.start(open, save);
    expect(states.at(-1)).toEqual({ status: 'failed', reason: 'noSpace' });
    expect(saved).toEqual([]);
    expect(kept.told).toEqual(['discarded']);
  });

  it('is saved when the browser ends it, and the person learns why', async () => {
    const over = recording.start(open, save);
    await reach(() => kept.chunks.length >= 1);
    scene!.stream.getTracks().forEach((track) => track.stop());
    await over;
    expect(states.at(-1)).toEqual({ status: 'failed', reason: 'stopped' });
    expect(saved).toEqual(['a.webm']);
  });

  it('stays for the next visit when it can’t be saved', async () => {
    kept.lost = true;
    const over = recording.start(open, save);
    await reach(() => status() === 'on');
    recording.stop();
    await over;
    expect(states.at(-1)).toEqual({ status: 'failed', reason: 'kept' });
    expect(kept.told).toEqual(['released']);
  });

  it('is discarded when it is stopped before it has begun', async () => {
    const over = recording.start(open, save);
    recording.stop();
    await over;
    expect(status()).toBe('off');
    expect(kept.told).toEqual(['discarded']);
    expect(saved).toEqual([]);
  });
});
