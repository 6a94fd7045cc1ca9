import {
  catchError,
  concat,
  defer,
  delay,
  EMPTY,
  filter,
  MonoTypeOperatorFunction,
  of,
  switchMap,
  tap,
  timer,
} from 'rxjs';

/** From what a listener told first until it is looked again, ms. */
const PAUSE = 500;
/** The listener may tell by itself what was found, a little later, ms. */
const CATCH_UP = 300;

/**
 * For listeners on the emulator, which at times passes over what is committed in the moment in which a listener is added,
 * and never tells of it: a `readTime` after the document's `updateTime`, and the document missing. The service does no such
 * thing. What was told is compared once with what is there, and that is told if it is something else.
 */
export const secondLook =
  <T>(look: () => Promise<T>): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      let done = false;
      // Whatever the listener tells meanwhile puts the look out of date.
      return source.pipe(
        switchMap((told) =>
          done
            ? of(told)
            : concat(
                of(told),
                timer(PAUSE).pipe(
                  switchMap(look),
                  delay(CATCH_UP),
                  tap(() => (done = true)),
                  filter((found) => !isSame(found, told)),
                  // The listener is told why by itself.
                  catchError(() => EMPTY),
                ),
              ),
        ),
      );
    });

/** Whether all fields are there and alike, in whatever order. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (!isObject(one) || !isObject(other)) return one === other;
  const [ours, theirs] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return (
    ours.length === theirs.size &&
    ours.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)))
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
