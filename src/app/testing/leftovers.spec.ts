import { TestBed } from '@angular/core/testing';
import { interval, Subscription } from 'rxjs';
import { AsyncAction } from 'rxjs/internal/scheduler/AsyncAction';

/*
 * Timers that one spec leaves running affect the next. If the next spec replaces the browser's clock, an old timer that
 * ends during it is not cleared, runs forever, and fails an arbitrary spec ("executing a cancelled action"). So no timer
 * is left running.
 */

/** A timer of RxJS. */
interface Action {
  unsubscribe(): void;
  requestAsyncId(...rest: unknown[]): unknown;
  recycleAsyncId(...rest: unknown[]): unknown;
}

/** Timers that run by the browser's own clock. */
const running = new Set<Action>();
const isReal = () => String(globalThis.setInterval).includes('[native code]');

const timed = AsyncAction.prototype as unknown as Action;
const { requestAsyncId, recycleAsyncId } = timed;
timed.requestAsyncId = function (...rest) {
  if (isReal()) running.add(this);
  return requestAsyncId.apply(this, rest);
};
timed.recycleAsyncId = function (...rest) {
  const kept = recycleAsyncId.apply(this, rest);
  if (kept === undefined) running.delete(this);
  return kept;
};

function endAll(): void {
  for (const action of running) action.unsubscribe();
}

afterEach(() => {
  // Timers that belong to the module end with it.
  TestBed.resetTestingModule();
  endAll();
});

describe('timers left by a spec', () => {
  let left = Subscription.EMPTY;
  afterEach(() => left.unsubscribe());

  it('stop', async () => {
    let beats = 0;
    left = interval(5).subscribe(() => beats++);
    while (beats < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    endAll();
    const before = beats;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(beats).toBe(before);
    expect(running.size).toBe(0);
  });
});
