import { distinctUntilChanged, map, type Observable, of, switchMap, timer } from 'rxjs';

import { visible$ } from '../loading/visible';

/** How long a page must be hidden before it counts as unwatched, in ms: a glance at another tab changes nothing. */
const UNSEEN = 10_000;

/**
 * Whether members may be seen here: the page is visible, or a small window is open (WICG Document Picture-in-Picture; W3C
 * Picture-in-Picture). Starts with true.
 */
export const pageWatched$ = (document: Document): Observable<boolean> =>
  visible$(document).pipe(
    switchMap((visible) =>
      visible ? of(true) : timer(UNSEEN, UNSEEN).pipe(map(() => hasSmallWindow(document))),
    ),
    distinctUntilChanged(),
  );

function hasSmallWindow(document: Document): boolean {
  const page = document.defaultView as { documentPictureInPicture?: { window: Window | null } } | null;
  return document.pictureInPictureElement != null || page?.documentPictureInPicture?.window != null;
}
