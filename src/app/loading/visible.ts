import { fromEvent, map, type Observable, startWith } from 'rxjs';

/** Whether a page is visible (HTML, section 6.2). Starts with the current state. */
export const visible$ = (document: Document): Observable<boolean> =>
  fromEvent(document, 'visibilitychange').pipe(
    startWith(null),
    map(() => document.visibilityState === 'visible'),
  );
