import { computed, inject, Injectable, PendingTasks, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import { pause$, pauseAfter } from './pauses';

/** Number of failed attempts after which the person is notified. */
const TOLD_AFTER = 2;
/** Time after which the person is notified that a part has not loaded, in ms. A pending import can't be cancelled or retried. */
const SILENT = 15_000;

/**
 * The parts of the app that are loaded on demand. A part that fails to load, as happens on trains and while the network
 * changes, is retried until it loads. Firefox, Safari and older Chromium remember a failed module for the life of the
 * page. There only reloading helps, so the app says so and offers a reload.
 */
@Injectable({ providedIn: 'root' })
export class Parts {
  private readonly late = signal(0);

  /** Whether a part has failed to load several times, or has been loading for long. */
  readonly missing = computed(() => this.late() > 0);

  /**
   * Resolves to the module that `fetch` imports, once it has arrived. A part that arrives and then throws has no network
   * problem: rejects with its error.
   */
  async load<T>(fetch: () => Promise<T>): Promise<T> {
    let isLate = false;
    const report = () => {
      if (!isLate) this.late.update((count) => count + 1);
      isLate = true;
    };
    const silence = setTimeout(report, SILENT);
    try {
      for (let tries = 1; ; tries++) {
        try {
          return await fetch();
        } catch (error) {
          // HTML, "fetch a single module script": a module that can't be fetched rejects with a TypeError.
          if (!(error instanceof TypeError)) throw error;
        }
        if (tries >= TOLD_AFTER) report();
        await this.pause(pauseAfter(tries));
      }
    } finally {
      clearTimeout(silence);
      if (isLate) this.late.update((count) => count - 1);
    }
  }

  /** Waits, but no longer than until the network is back. */
  protected pause(ms: number): Promise<void> {
    return firstValueFrom(pause$(ms));
  }
}

/**
 * For templates: a `@defer` block whose import fails once stays empty for the life of the page. Loads a part when it is
 * first requested, and returns whether it has arrived.
 *
 *     protected readonly there = injectArrivals({ chat: () => import('./chat-panel') });
 *     @defer (when there('chat')) { … }
 */
export function injectArrivals<K extends string>(
  fetches: Readonly<Record<K, () => Promise<unknown>>>,
): (part: K) => boolean {
  const parts = inject(Parts);
  // Makes the app count as unstable until these have loaded.
  const tasks = inject(PendingTasks);
  const asked = new Set<K>();
  const arrived = signal<ReadonlySet<K>>(new Set());
  return (part) => {
    if (!asked.has(part)) {
      asked.add(part);
      tasks.run(async () => {
        await parts.load(fetches[part]);
        arrived.update((before) => new Set(before).add(part));
      });
    }
    return arrived().has(part);
  };
}
