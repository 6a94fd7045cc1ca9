import { computed, DOCUMENT, inject, Injectable, PendingTasks, signal } from '@angular/core';

/** The first pause before a part is asked for again, ms; each is twice the one before. */
const FIRST = 500;
const MOST = 10_000;
/** What did not arrive after so many tries is told to the person. */
const TOLD_AFTER = 2;

/**
 * The parts of the app that are fetched when they are needed. One that does not arrive, as happens on trains and while
 * the network changes, is asked for again until it does. Firefox, Safari and older Chromium remember a module that failed
 * for as long as the page lives; there only reloading helps, which is why the person is told and offered that.
 */
@Injectable({ providedIn: 'root' })
export class Parts {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly late = signal(0);

  /** Whether there is a part that was asked for several times in vain. */
  readonly missing = computed(() => this.late() > 0);

  /**
   * The module that `fetch` imports, once it has arrived. A part that arrives and then throws is no matter of the
   * network: rejects with its error.
   */
  async load<T>(fetch: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const part = await fetch();
        if (tries > TOLD_AFTER) this.late.update((count) => count - 1);
        return part;
      } catch (error) {
        // HTML, "fetch a single module script": a module that can't be fetched rejects with a TypeError.
        if (!(error instanceof TypeError)) throw error;
        if (tries === TOLD_AFTER) this.late.update((count) => count + 1);
        await this.pause(Math.min(MOST, FIRST * 2 ** (tries - 1)));
      }
    }
  }

  /** Waits, but no longer than until the network is back. */
  protected pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.window?.removeEventListener('online', go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      this.window?.addEventListener('online', go);
    });
  }
}

/**
 * For templates, whose `@defer` blocks stay empty for as long as the page lives when their import fails once: fetches a
 * part when first asked for it and says whether it has arrived.
 *
 *     protected readonly there = injectArrivals({ chat: () => import('./chat-panel') });
 *     @defer (when there('chat')) { … }
 */
export function injectArrivals<K extends string>(
  fetches: Readonly<Record<K, () => Promise<unknown>>>,
): (part: K) => boolean {
  const parts = inject(Parts);
  // Whoever waits for the app to be stable waits for these too.
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
