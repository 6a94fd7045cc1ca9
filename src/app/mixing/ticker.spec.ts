import { ticking } from './ticker';

describe('ticking', () => {
  const twenty = (create?: () => Worker) =>
    new Promise<void>((resolve) => {
      let ticks = 0;
      const stop = ticking(
        () => {
          ticks += 1;
          if (ticks === 20) {
            stop();
            resolve();
          }
        },
        50,
        create,
      );
    });

  it('ticks by a worker', async () => {
    await expectAsync(twenty()).toBeResolved();
  });

  it('ticks by the page while the worker’s script does not arrive', async () => {
    await expectAsync(twenty(() => new Worker('/no-such-script.js', { type: 'module' }))).toBeResolved();
  });

  it('ticks by the page where no worker can be created', async () => {
    await expectAsync(
      twenty(() => {
        throw new DOMException('', 'SecurityError');
      }),
    ).toBeResolved();
  });

  it('leaves the page’s timer once the worker ticks', () => {
    const worker = {
      onmessage: null as Worker['onmessage'],
      onerror: null,
      posted: [] as unknown[],
      ended: false,
      postMessage: (message: unknown) => worker.posted.push(message),
      terminate: () => (worker.ended = true),
    };
    jasmine.clock().install();
    try {
      let ticks = 0;
      const stop = ticking(
        () => (ticks += 1),
        20,
        () => worker as unknown as Worker,
      );
      expect(worker.posted).toEqual([50]);
      jasmine.clock().tick(100);
      expect(ticks).toBe(2);
      worker.onmessage!.call(worker as unknown as Worker, new MessageEvent('message'));
      expect(ticks).toBe(3);
      jasmine.clock().tick(1_000);
      expect(ticks).toBe(3);
      stop();
      expect(worker.ended).toBeTrue();
    } finally {
      jasmine.clock().uninstall();
    }
  });
});
