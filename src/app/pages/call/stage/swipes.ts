import { filter, fromEvent, map, type Observable, switchMap, take, takeUntil } from 'rxjs';

/** Shortest way of a finger that turns a page, in CSS px. */
const SHORTEST = 48;

/** Where a finger was put down and lifted, in CSS px. */
type Point = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** The direction of a swipe in a text from left to right: 1 to the next page, -1 back, 0 for no swipe. */
export const swipeBetween = (down: Point, up: Point): -1 | 0 | 1 => {
  const [x, y] = [up.clientX - down.clientX, up.clientY - down.clientY];
  if (Math.abs(x) < SHORTEST || Math.abs(x) < 1.5 * Math.abs(y)) return 0;
  return x < 0 ? 1 : -1;
};

/** Swipes over an element: 1 to the next page, -1 back. A screen that is zoomed in scrolls instead. */
export const swipes = (element: HTMLElement): Observable<-1 | 1> => {
  const events$ = (name: string) => fromEvent<PointerEvent>(element, name);
  return events$('pointerdown').pipe(
    filter(({ pointerType, isPrimary }) => pointerType === 'touch' && isPrimary),
    filter(({ target }) => !(target instanceof Element && target.closest('[tabindex="0"]'))),
    switchMap((down) =>
      events$('pointerup').pipe(
        filter(({ pointerId }) => pointerId === down.pointerId),
        take(1),
        takeUntil(events$('pointercancel')),
        map((up) => swipeBetween(down, up)),
      ),
    ),
    map((way) => (getComputedStyle(element).direction === 'rtl' ? -way : way)),
    filter((way): way is -1 | 1 => way !== 0),
  );
};
