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
 * While subscribed, tells the style sheets how much of the page a keyboard on the screen hides, CSS px, where the
 * browser lays it over the page (Safari on iOS); 0 where the page gets smaller instead.
 */
export function keyboardHeight({ defaultView, documentElement }: Document): Observable<number> {
  const viewport = defaultView?.visualViewport;
  if (!defaultView || !viewport) return EMPTY;
  return merge(fromEvent(viewport, 'resize'), fromEvent(viewport, 'scroll')).pipe(
    startWith(null),
    map(() =>
      // Zoomed in with two fingers, one sees less too; that is no keyboard.
      viewport.scale > 1.01
        ? 0
        : Math.max(0, Math.round(defaultView.innerHeight - viewport.height - viewport.offsetTop)),
    ),
    distinctUntilChanged(),
    tap((height) => documentElement.style.setProperty(property, `${height}px`)),
    finalize(() => documentElement.style.removeProperty(property)),
  );
}
