import { Observable } from 'rxjs';

/**
 * Emits once this page is the one of the browser's pages that leads in something, and leads while subscribed (Web Locks,
 * section 2.3). Where there are no locks every page leads.
 */
export const leading$ = (what: string): Observable<void> =>
  new Observable<void>((subscriber) => {
    const { locks } = navigator as { locks?: LockManager };
    if (!locks) {
      subscriber.next();
      return;
    }
    const waiting = new AbortController();
    let release = () => {};
    const lead = () => {
      if (subscriber.closed) return Promise.resolve();
      subscriber.next();
      return new Promise<void>((resolve) => (release = resolve));
    };
    // Rejects when it is given up before it came.
    locks.request(what, { signal: waiting.signal }, lead).catch(() => undefined);
    return () => {
      waiting.abort();
      release();
    };
  });
