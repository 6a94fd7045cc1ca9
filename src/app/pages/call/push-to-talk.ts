import { exhaustMap, filter, fromEvent, map, merge, Observable, startWith, take, tap } from 'rxjs';

import { isTalkKey } from './shortcuts';

/**
 * Emits `true` when Space is pressed while the microphone is off, and `false` when it is let go, or the window loses
 * the focus, after which nobody would hear of it.
 */
export const pushToTalk = (document: Document, isOff: () => boolean): Observable<boolean> =>
  fromEvent<KeyboardEvent>(document, 'keydown').pipe(
    filter(isTalkKey),
    // It would scroll.
    tap((event) => event.preventDefault()),
    filter(({ repeat }) => !repeat && isOff()),
    exhaustMap(() =>
      merge(
        fromEvent<KeyboardEvent>(document, 'keyup').pipe(filter(({ key }) => key === ' ')),
        fromEvent(document.defaultView ?? document, 'blur'),
      ).pipe(
        take(1),
        map(() => false),
        startWith(true),
      ),
    ),
  );
