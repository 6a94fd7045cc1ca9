import { TestBed } from '@angular/core/testing';
import { interval, Subscription } from 'rxjs';
import { AsyncAction } from 'rxjs/internal/scheduler/AsyncAction';

/*
 * What one spec leaves running meets the next. Where that puts a clock of its own in place of the browser's, a timer of before
 * that ends meanwhile is not cleared, goes on for ever, and fails whatever spec it meets ("executing a cancelled action").
 * So nothing is left running.
 */

/** A timer of RxJS'. */
interface Action {
  unsubscribe(): void;
  requestAsyncId(...rest: unknown[]): unknown;
  recycleAsyncId(...rest: unknown[]): unknown;
}

/** Those that run by the browser's own clock. */
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
  // What ends with its module does so by itself.
  TestBed.resetTestingModule();
  endAll();
});

describe('what a spec leaves running', () => {
  let left = Subscription.EMPTY;
  afterEach(() => left.unsubscribe());

  it('does not go on', async () => {
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
