import { distinctUntilChanged, Observable, of } from 'rxjs';

import { noteError, noted } from '../log/note';

/**
 * Emits whether this page leads among the browser's pages, while subscribed (Web Locks, section 2.3). Emits nothing until that
 * is known. In a browser without locks every page leads.
 *
 * @param idle$ starts with whether this page is idle: an idle page doesn't ask for the lead, and yields it to any page that
 * does
 */
export const leading$ = (what: string, idle$: Observable<boolean> = of(false)): Observable<boolean> =>
  new Observable<boolean>((subscriber) => {
    const { locks } = navigator as { locks?: LockManager };
    if (!locks) {
      subscriber.next(true);
      return;
    }
    const channel = openChannel(what);
    let idle = false;
    let waiting: AbortController | null = null;
    let release: (() => void) | null = null;

    const wait = () => {
      const asking = (waiting = new AbortController());
      const lead = () => {
        if (asking.signal.aborted) return Promise.resolve();
        waiting = null;
        const over = new Promise<void>((resolve) => (release = resolve));
        subscriber.next(true);
        return over;
      };
      // Rejects if the request is aborted before it is granted.
      locks.request(what, { signal: asking.signal }, lead).catch(noted('people', 'lead'));
      void locks.query().then(({ held }) => {
        if (waiting === asking && held?.some(({ name }) => name === what)) subscriber.next(false);
      });
      channel?.postMessage('waits');
    };
    const giveUp = () => {
      waiting?.abort();
      waiting = null;
    };
    const yieldTo = () => {
      if (!idle || !release) return;
      // Stop leading before the next page begins.
      subscriber.next(false);
      release();
      release = null;
    };
    const yieldIfWanted = async () => {
      const { pending } = await locks.query();
      if (pending?.some(({ name }) => name === what)) yieldTo();
    };

    channel?.addEventListener('message', yieldTo);
    const following = idle$.pipe(distinctUntilChanged()).subscribe((now) => {
      idle = now;
      if (idle) {
        giveUp();
        void yieldIfWanted();
      } else if (!release && !waiting) wait();
    });
    return () => {
      following.unsubscribe();
      channel?.close();
      giveUp();
      release?.();
    };
  }).pipe(distinctUntilChanged());

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch (error) {
    // Without the channel, an idle page doesn't notice later requests and keeps the lead until it closes.
    noteError('people', 'channel', error);
    return null;
  }
}
