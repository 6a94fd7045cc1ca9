import { Subscription } from 'rxjs';

import { BlurError, type Blurred } from './blur';
import type { BlurReport, BlurTask } from './blur-messages';
import { blurredTrack } from './blurred-track';

/** A worker controlled by a spec. */
class FakeWorker {
  readonly tasks: BlurTask[] = [];
  onmessage: ((event: { readonly data: BlurReport }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  ended = false;
  private heard: (() => void) | null = null;

  postMessage(task: BlurTask): void {
    this.tasks.push(task);
    this.heard?.();
  }

  terminate(): void {
    this.ended = true;
  }

  simulate(data: BlurReport): void {
    this.onmessage?.({ data });
  }

  /** Resolves when a task of this kind has arrived. */
  async task<K extends BlurTask['kind']>(kind: K): Promise<BlurTask & { readonly kind: K }> {
    for (;;) {
      const found = this.tasks.find((task) => task.kind === kind);
      if (found) return found as BlurTask & { readonly kind: K };
      await new Promise<void>((resolve) => (this.heard = resolve));
    }
  }
}

const drawn = () => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 64, height: 36 });
  const context = canvas.getContext('2d')!;
  const camera = canvas.captureStream().getVideoTracks()[0]!;
  const timer = setInterval(() => {
    context.fillStyle = `rgb(${performance.now() % 255} 0 0)`;
    context.fillRect(0, 0, 64, 36);
  }, 20);
  const end = () => {
    clearInterval(timer);
    camera.stop();
  };
  return { camera, end };
};

const drawnAgain = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

describe('blurredTrack', () => {
  let worker: FakeWorker;
  let watching: Subscription;
  let camera: MediaStreamTrack;
  let end: () => void;
  let seen: Blurred[];
  let errors: unknown[];

  const watch = (streams?: object) => {
    const create = () => worker as unknown as Worker;
    watching = blurredTrack(camera, create, streams).subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => errors.push(error),
    });
  };
  const shown: BlurReport = { kind: 'shown', width: 640, height: 360 };

  beforeEach(() => {
    worker = new FakeWorker();
    watching = new Subscription();
    ({ camera, end } = drawn());
    seen = [];
    errors = [];
  });

  afterEach(() => {
    watching.unsubscribe();
    end();
  });

  it('streams frames to the worker, and emits with the first blurred frame, not before', () => {
    watch();
    const [task] = worker.tasks;
    expect(task?.kind).toBe('streams');
    expect(seen).toEqual([]);
    worker.simulate(shown);
    expect(seen.map(({ share }) => share)).toEqual([null]);
    expect(seen[0]!.track).not.toBe(camera);
    worker.simulate({ ...shown, width: 320, height: 180 });
    expect(seen.length).toBe(1);
    expect(seen[0]!.track.getSettings().width).toBe(320);
  });

  it('loads the library and the model from the site itself', () => {
    watch();
    const task = worker.tasks[0] as BlurTask & { readonly kind: 'streams' };
    for (const url of [task.files.wasm, task.files.model]) expect(new URL(url).origin).toBe(location.origin);
  });

  it('reports the cost, and not every small change of it', () => {
    watch();
    worker.simulate(shown);
    for (const share of [0.2, 0.23, 0.16, 0.35]) worker.simulate({ kind: 'measured', share });
    expect(seen.map(({ share }) => share)).toEqual([null, 0.2, 0.35]);
  });

  it('answers for the camera: device, capabilities and constraints', async () => {
    const applied: unknown[] = [];
    camera.getSettings = () => ({ deviceId: 'front', facingMode: 'user', width: 1280, height: 720 });
    camera.getCapabilities = () => ({ deviceId: 'front' });
    camera.applyConstraints = (constraints) => {
      applied.push(constraints);
      return Promise.resolve();
    };
    watch();
    worker.simulate(shown);
    const { track } = seen[0]!;
    expect(track.getSettings()).toEqual({ deviceId: 'front', facingMode: 'user', width: 640, height: 360 });
    expect(track.getCapabilities()).toEqual({ deviceId: 'front' });
    await track.applyConstraints({ width: 320 });
    expect(applied).toEqual([{ width: 320 }]);
    let changes = 0;
    track.addEventListener('configurationchange', () => (changes += 1));
    camera.dispatchEvent(new Event('configurationchange'));
    expect(changes).toBe(1);
  });

  it('errors when the worker refuses, fails or throws', () => {
    const ways: [() => void, string, number | null][] = [
      [() => worker.simulate({ kind: 'refused', share: 0.9 }), 'slow', 0.9],
      [() => worker.simulate({ kind: 'failed', words: 'no model' }), 'failed', null],
      [() => worker.onerror?.(new ErrorEvent('error', { message: 'no WebAssembly' })), 'failed', null],
    ];
    for (const [fail, reason, share] of ways) {
      watch();
      fail();
      const error = errors.at(-1) as BlurError;
      expect(error).toBeInstanceOf(BlurError);
      expect([error.reason, error.share]).toEqual([reason, share] as never);
      expect(worker.ended).toBeTrue();
      worker = new FakeWorker();
    }
  });

  it('requests a lost script again, and errors when it is lost for good', () => {
    jasmine.clock().install();
    try {
      const workers: FakeWorker[] = [];
      watching = blurredTrack(camera, () => {
        workers.push(new FakeWorker());
        return workers.at(-1) as unknown as Worker;
      }).subscribe({ error: (error: unknown) => errors.push(error) });
      for (const pause of [500, 1_000, 2_000]) {
        workers.at(-1)!.onerror?.(new Event('error'));
        expect(workers.at(-1)!.ended).toBeTrue();
        const before = workers.length;
        jasmine.clock().tick(pause - 1);
        expect(workers.length).toBe(before);
        jasmine.clock().tick(1);
        expect(workers.length).toBe(before + 1);
        expect(errors).toEqual([]);
      }
      workers.at(-1)!.onerror?.(new Event('error'));
      expect(errors.map((error) => (error as BlurError).reason)).toEqual(['failed']);
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('errors when no blurred frame comes', () => {
    jasmine.clock().install();
    try {
      let muted = true;
      Object.defineProperty(camera, 'muted', { get: () => muted });
      watch();
      jasmine.clock().tick(30_001);
      expect(errors).withContext('the system mutes the camera').toEqual([]);
      muted = false;
      jasmine.clock().tick(30_001);
      expect((errors[0] as BlurError).reason).toBe('failed');
      expect(worker.ended).toBeTrue();
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('ends the worker and its track when it is no longer needed, and leaves the camera alone', () => {
    watch();
    worker.simulate(shown);
    watching.unsubscribe();
    expect(worker.ended).toBeTrue();
    expect(seen[0]!.track.readyState).toBe('ended');
    expect(camera.readyState).toBe('live');
  });

  it('gives frames on request where the browser does not stream them, and captures the blurred ones', async () => {
    watch({});
    expect(worker.tasks.map(({ kind }) => kind)).toEqual(['bitmaps']);
    const next = async () => {
      for (;;) {
        await drawnAgain();
        worker.tasks.length = 0;
        worker.simulate({ kind: 'next' });
        const { frame } = await worker.task('frame');
        // The video element has no frame at first.
        if (frame) return frame;
      }
    };
    const frame = await next();
    expect([frame.width, frame.height]).toEqual([64, 36]);
    worker.simulate({ kind: 'frame', frame });
    worker.simulate(shown);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([seen[0]!.track]);
    void video.play();
    // The canvas is captured when it changes.
    while (video.videoWidth === 0) worker.simulate({ kind: 'frame', frame: await next() });
    expect([video.videoWidth, video.videoHeight]).toEqual([64, 36]);
  });
});
