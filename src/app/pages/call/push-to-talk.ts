import {
  exhaustMap,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  type Observable,
  startWith,
  take,
  tap,
  withLatestFrom,
} from 'rxjs';

import { isTalkKey } from './shortcuts';

/**
 * Whether the keyboard put the focus where it is. `:focus-visible` tells (CSS Selectors, level 4, section 9.4), but only at
 * the moment of the focus: from the first key on, Chromium shows the ring around what a mouse pressed, too.
 */
const isFocusedByKeys = (document: Document): Observable<boolean> =>
  merge(
    fromEvent(document, 'focusin').pipe(
      map(({ target }) => target instanceof Element && target.matches(':focus-visible')),
    ),
    fromEvent(document, 'pointerdown', { capture: true }).pipe(map(() => false)),
  ).pipe(startWith(document.activeElement?.matches(':focus-visible') === true));

/**
 * Emits `true` when Space is pressed while the microphone is off, and `false` when it is let go, or the window loses the
 * focus or the page, after which no key is heard. Space belongs to a button only if the keyboard went there: one that the
 * mouse pressed keeps the focus without the person knowing.
 */
export const pushToTalk = (document: Document, isOff: () => boolean): Observable<boolean> => {
  const window = document.defaultView ?? document;
  return fromEvent<KeyboardEvent>(document, 'keydown').pipe(
    withLatestFrom(isFocusedByKeys(document)),
    filter(([event, isByKeys]) => isTalkKey(event, isByKeys)),
    // It would scroll, or press a button.
    tap(([event]) => event.preventDefault()),
    filter(([{ repeat }]) => !repeat),
    exhaustMap(() => {
      const letGo$ = merge(
        fromEvent<KeyboardEvent>(document, 'keyup').pipe(
          filter(({ key }) => key === ' '),
          // Firefox presses a button when the key is let go, whatever became of its keydown.
          tap((event) => event.preventDefault()),
        ),
        fromEvent(window, 'blur'),
        fromEvent(window, 'pagehide'),
      ).pipe(take(1));
      return isOff()
        ? letGo$.pipe(
            map(() => false),
            startWith(true),
          )
        : letGo$.pipe(ignoreElements());
    }),
  );
};
