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
 * Whether the keyboard moved the focus where it is. `:focus-visible` tells (CSS Selectors, level 4, section 9.4), but only at
 * the moment of focusing: after the first key press, Chromium also shows the ring around what a mouse pressed.
 */
const isFocusedByKeys = (document: Document): Observable<boolean> =>
  merge(
    fromEvent(document, 'focusin').pipe(
      map(({ target }) => target instanceof Element && target.matches(':focus-visible')),
    ),
    fromEvent(document, 'pointerdown', { capture: true }).pipe(map(() => false)),
  ).pipe(startWith(document.activeElement?.matches(':focus-visible') === true));

/**
 * Emits `true` when Space is pressed while the microphone is off. Emits `false` when it is released, or when the window loses
 * the focus or the page closes, because no key events arrive after that. Space belongs to a button only if the keyboard moved
 * the focus there: a button pressed with the mouse keeps the focus without the person noticing.
 */
export const pushToTalk = (document: Document, isOff: () => boolean): Observable<boolean> => {
  const window = document.defaultView ?? document;
  return fromEvent<KeyboardEvent>(document, 'keydown').pipe(
    withLatestFrom(isFocusedByKeys(document)),
    filter(([event, isByKeys]) => isTalkKey(event, isByKeys)),
    // Otherwise it would scroll, or press a button.
    tap(([event]) => event.preventDefault()),
    filter(([{ repeat }]) => !repeat),
    exhaustMap(() => {
      const letGo$ = merge(
        fromEvent<KeyboardEvent>(document, 'keyup').pipe(
          filter(({ key }) => key === ' '),
          // Firefox presses a button on keyup, even if keydown was cancelled.
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
