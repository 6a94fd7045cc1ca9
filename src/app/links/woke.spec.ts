import { Subject } from 'rxjs';

import { type Watch, woke$ } from './woke';

/** Resolves once the watch has begun. */
const begun = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('woke$', () => {
  it('emits when the worker says so, and ends the worker', async () => {
    const watch: Watch & { terminate: jasmine.Spy } = {
      onmessage: null,
      onerror: null,
      terminate: jasmine.createSpy('terminate'),
    };
    let woken = 0;
    const watching = woke$(() => watch, 0).subscribe(() => woken++);
    await begun();
    watch.onmessage!.call(watch as unknown as Worker, new MessageEvent('message'));
    expect(woken).toBe(1);
    watching.unsubscribe();
    expect(watch.terminate).toHaveBeenCalledOnceWith();
  });

  it('emits nothing where there are no workers', async () => {
    const told = new Subject<void>();
    const watching = woke$(() => {
      throw new DOMException('', 'SecurityError');
    }, 0).subscribe(told);
    await begun();
    expect(told.hasError).toBeFalse();
    watching.unsubscribe();
  });

  it('takes a page that is busy for long for awake', async () => {
    let woken = 0;
    const watching = woke$(undefined, 0).subscribe(() => woken++);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const end = performance.now() + 6_000;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(woken).toBe(0);
    watching.unsubscribe();
  });
});
