import type { Observable, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

/** When virtual time starts, in ms since the epoch. Leases and rings contain absolute times. */
export const START = Date.UTC(2026, 10, 23, 9);

interface Due {
  readonly at: number;
  readonly every: number | null;
  readonly work: () => void;
}

/**
 * Manually advanced time that waits for promises, which the virtual time of `TestScheduler` doesn't: for code that awaits
 * documents. Replaces timers, `Date.now` and `performance.now` until the spec is over.
 */
export class VirtualTime {
  /** ms since the start. */
  now = 0;
  private readonly due = new Map<number, Due>();
  private ids = 0;

  /**
   * @param rest resolves once all that doesn't wait for time is done. By default promises alone are waited for, which leaves
   *   out work of the browser, such as encryption.
   */
  constructor(private readonly rest = settled) {
    const add = (repeats: boolean) => (work: () => void, delay: number | undefined) => {
      const wait = Math.max(0, delay ?? 0);
      this.due.set(++this.ids, { at: this.now + wait, every: repeats ? wait : null, work });
      return this.ids;
    };
    const remove = (id: unknown) => void this.due.delete(id as number);
    spyOn(Date, 'now').and.callFake(() => START + this.now);
    spyOn(performance, 'now').and.callFake(() => this.now);
    spyOn(window, 'setTimeout').and.callFake(add(false) as unknown as typeof setTimeout);
    spyOn(window, 'setInterval').and.callFake(add(true) as unknown as typeof setInterval);
    spyOn(window, 'clearTimeout').and.callFake(remove);
    spyOn(window, 'clearInterval').and.callFake(remove);
  }

  /** Advances time by this many ms and runs everything that falls due, in order. */
  async pass(time: number): Promise<void> {
    const end = this.now + time;
    await this.rest();
    for (let next = this.next(end); next; next = this.next(end)) {
      const [id, { at, every, work }] = next;
      this.now = Math.max(this.now, at);
      this.due.delete(id);
      if (every !== null) this.due.set(id, { at: this.now + Math.max(1, every), every, work });
      work();
      await this.rest();
    }
    this.now = end;
  }

  /** For fakes: resolves after this many ms. */
  later(time: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, time));
  }

  private next(end: number): [number, Due] | undefined {
    let first: [number, Due] | undefined;
    for (const entry of this.due)
      if (entry[1].at <= end && (!first || entry[1].at < first[1].at)) first = entry;
    return first;
  }

  /** Records what a stream emits and when, to be compared with `marbles`. */
  record<T>(stream$: Observable<T>): Recording<T> {
    return new Recording(stream$, () => this.now);
  }

  /** Calls `call` with the value of each marble at its time. */
  play<T>(marbles: string, values: Readonly<Record<string, T>>, call: (value: T) => void): void {
    for (const [at, value] of parse(marbles, values)) if (value !== '|') setTimeout(() => call(value), at);
  }
}

/** What a stream has emitted so far: the time in ms since the start, and the value; `|` for its completion. */
export class Recording<T> {
  readonly heard: [number, T | '|'][] = [];
  private readonly subscription: Subscription;

  constructor(stream$: Observable<T>, now: () => number) {
    this.subscription = stream$.subscribe({
      next: (value) => this.heard.push([now(), value]),
      complete: () => this.heard.push([now(), '|']),
    });
  }

  get last(): T | '|' | undefined {
    return this.heard.at(-1)?.[1];
  }

  stop(): void {
    this.subscription.unsubscribe();
  }
}

/** Parses marbles as `TestScheduler.run` does: a frame is 1 ms, and `46s` is elapsed time. */
export function parse<T>(marbles: string, values: Readonly<Record<string, T>>): [number, T | '|'][] {
  const scheduler = new TestScheduler(() => undefined);
  return scheduler.run(() =>
    TestScheduler.parseMarbles(marbles, values, undefined, false, true).map(
      ({ frame, notification }): [number, T | '|'] => [
        frame,
        notification.kind === 'N' ? (notification.value as T) : '|',
      ],
    ),
  );
}

/** Resolves once all promises that can proceed have done so. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
