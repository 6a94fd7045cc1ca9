import {
  distinctUntilChanged,
  EMPTY,
  finalize,
  fromEvent,
  map,
  merge,
  Observable,
  startWith,
  tap,
} from 'rxjs';

const property = '--parley-keyboard';

/**
 * While subscribed, gives the style sheets the height of the page that an on-screen keyboard hides, in CSS px, if the browser
 * lays it over the page (Safari on iOS); 0 if the page shrinks instead.
 */
export function keyboardHeight({ defaultView, documentElement }: Document): Observable<number> {
  const viewport = defaultView?.visualViewport;
  if (!defaultView || !viewport) return EMPTY;
  return merge(fromEvent(viewport, 'resize'), fromEvent(viewport, 'scroll')).pipe(
    startWith(null),
    map(() =>
      // Pinch zoom also shrinks the viewport; that is no keyboard.
      viewport.scale > 1.01
        ? 0
        : Math.max(0, Math.round(defaultView.innerHeight - viewport.height - viewport.offsetTop)),
    ),
    distinctUntilChanged(),
    tap((height) => documentElement.style.setProperty(property, `${height}px`)),
    finalize(() => documentElement.style.removeProperty(property)),
  );
}
