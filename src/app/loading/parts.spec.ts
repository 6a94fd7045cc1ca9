import { ApplicationRef, ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { injectArrivals, Parts } from './parts';

const lost = () => new TypeError('Failed to fetch dynamically imported module');

/** Time advances by hand. */
class TimedParts extends Parts {
  readonly pauses: number[] = [];
  private go = (): void => undefined;

  protected override pause(ms: number): Promise<void> {
    this.pauses.push(ms);
    return new Promise((resolve) => (this.go = resolve));
  }

  async pass(): Promise<void> {
    this.go();
    await turns();
  }
}

/** Waits for everything pending on promises alone. */
const turns = () => new Promise((resolve) => setTimeout(resolve));

/** An import that fails this many times. */
const failing = (times: number) => {
  let tries = 0;
  return jasmine
    .createSpy('fetch')
    .and.callFake(() => (++tries > times ? Promise.resolve('part') : Promise.reject(lost())));
};

describe('Parts', () => {
  const timed = () => TestBed.runInInjectionContext(() => new TimedParts());

  it('retries after half a second, then twice as long each time, ten seconds at most', async () => {
    const parts = timed();
    const loaded = parts.load(failing(7));
    for (let tries = 0; tries < 8; tries++) await parts.pass();
    expect(parts.pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    await expectAsync(loaded).toBeResolvedTo('part');
  });

  it('retries at once when the network is back', async () => {
    const fetch = failing(1);
    // The pause never ends by itself.
    const pause = spyOn(window, 'setTimeout').and.returnValue(0);
    const loaded = TestBed.inject(Parts).load(fetch);
    while (!pause.calls.allArgs().some(([, ms]) => ms === 500)) await Promise.resolve();
    expect(fetch).toHaveBeenCalledTimes(1);
    dispatchEvent(new Event('online'));
    expect(await loaded).toBe('part');
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('reports a part that failed twice, until it has arrived', async () => {
    const parts = timed();
    const loaded = parts.load(failing(3));
    await turns();
    expect(parts.missing()).toBeFalse();
    await parts.pass();
    expect(parts.missing()).toBeTrue();
    const other = parts.load(failing(0));
    await other;
    expect(parts.missing()).toBeTrue();
    await parts.pass();
    await parts.pass();
    await loaded;
    expect(parts.missing()).toBeFalse();
  });

  it('reports a part that gets no answer for long, until it has arrived', async () => {
    jasmine.clock().install();
    try {
      const parts = timed();
      let answer = (_part: string): void => undefined;
      const loaded = parts.load(() => new Promise<string>((resolve) => (answer = resolve)));
      jasmine.clock().tick(14_999);
      expect(parts.missing()).toBeFalse();
      jasmine.clock().tick(1);
      expect(parts.missing()).toBeTrue();
      answer('part');
      expect(await loaded).toBe('part');
      expect(parts.missing()).toBeFalse();
    } finally {
      jasmine.clock().uninstall();
    }
  });

  it('does not take a part that throws for one that failed to load', async () => {
    const fetch = jasmine.createSpy('fetch').and.rejectWith(new RangeError('a mistake'));
    await expectAsync(timed().load(fetch)).toBeRejectedWithError(RangeError);
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('injectArrivals', () => {
  it('loads a part when it is first requested, and shows what waits for it', async () => {
    const arrive: Record<string, () => void> = {};
    const fetches: string[] = [];
    const fetch = (name: string) => () => {
      fetches.push(name);
      return new Promise<void>((resolve) => (arrive[name] = resolve));
    };

    @Component({
      template: `@if (there('chat')) {
        Chat
      }`,
      changeDetection: ChangeDetectionStrategy.OnPush,
    })
    class Host {
      protected readonly there = injectArrivals({ chat: fetch('chat'), files: fetch('files') });
    }

    const host = TestBed.createComponent(Host);
    TestBed.tick();
    expect(fetches).toEqual(['chat']);
    expect((host.nativeElement as HTMLElement).textContent).toBe('');
    arrive['chat']!();
    await Promise.resolve();
    await Promise.resolve();
    await TestBed.inject(ApplicationRef).whenStable();
    expect((host.nativeElement as HTMLElement).textContent).toContain('Chat');
    expect(fetches).toEqual(['chat']);
  });
});
