import { Subscription } from 'rxjs';

import { worker$ } from './workers';

/** A worker controlled by a spec. */
class FakeWorker {
  onerror: Worker['onerror'] = null;
  ended = false;

  terminate(): void {
    this.ended = true;
  }

  fail(event: Event): void {
    this.onerror?.call(this as unknown as Worker, event as ErrorEvent);
  }
}

describe('worker$', () => {
  let created: FakeWorker[];
  let emitted: FakeWorker[];
  let errors: unknown[];
  let watching: Subscription;

  const create = () => {
    const worker = new FakeWorker();
    created.push(worker);
    return worker;
  };
  const watch = (by: () => FakeWorker) => {
    watching = worker$(by).subscribe({
      next: (worker) => emitted.push(worker),
      error: (error: unknown) => errors.push(error),
    });
  };
  const loseScript = () => created.at(-1)!.fail(new Event('error'));

  beforeEach(() => {
    [created, emitted, errors] = [[], [], []];
    jasmine.clock().install();
  });

  afterEach(() => {
    watching.unsubscribe();
    jasmine.clock().uninstall();
  });

  it('creates another worker when the script is lost: after half a second, then twice as long, ten seconds at most', () => {
    watch(create);
    for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      loseScript();
      expect(created.at(-1)!.ended).toBeTrue();
      const before = created.length;
      jasmine.clock().tick(pause - 1);
      expect(created.length).toBe(before);
      jasmine.clock().tick(1);
      expect(created.length).toBe(before + 1);
    }
    expect(emitted).toEqual(created);
    expect(errors).toEqual([]);
  });

  it('creates it at once when the network is back', () => {
    watch(create);
    loseScript();
    window.dispatchEvent(new Event('online'));
    expect(created.length).toBe(2);
    jasmine.clock().tick(20_000);
    expect(created.length).toBe(2);
  });

  it('creates none after it was unsubscribed', () => {
    watch(create);
    loseScript();
    watching.unsubscribe();
    jasmine.clock().tick(20_000);
    expect(created.length).toBe(1);
  });

  it('errors when the script throws', () => {
    watch(create);
    created[0]!.fail(new ErrorEvent('error', { message: 'no WebAssembly' }));
    expect(errors).toEqual([new Error('no WebAssembly')]);
    expect(created[0]!.ended).toBeTrue();
  });

  it('errors where no worker can be created', () => {
    const refused = new DOMException('', 'SecurityError');
    watch(() => {
      throw refused;
    });
    expect(errors).toEqual([refused]);
  });
});

describe('worker$ in a browser', () => {
  it('takes a script that does not arrive for lost', async () => {
    let tries = 0;
    const watching = new Subscription();
    await expectAsync(
      new Promise<void>((resolve, reject) => {
        const create = () => {
          tries += 1;
          if (tries === 2) resolve();
          return new Worker('/no-such-script.js', { type: 'module' });
        };
        watching.add(worker$(create).subscribe({ error: reject }));
      }),
    ).toBeResolved();
    watching.unsubscribe();
  });
});
