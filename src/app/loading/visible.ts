import { fromEvent, map, type Observable, startWith } from 'rxjs';

/** Whether a page can be seen (HTML, section 6.2); starts with how it is now. */
export const visible$ = (document: Document): Observable<boolean> =>
  fromEvent(document, 'visibilitychange').pipe(
    startWith(null),
    map(() => document.visibilityState === 'visible'),
  );
