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

/** Delay between the listener's first value and the check, in ms. */
const PAUSE = 500;
/** Time in which the listener may still deliver the found value itself, in ms. */
const CATCH_UP = 300;

/**
 * For listeners on the emulator. The emulator sometimes misses a commit made at the moment a listener is added, and never
 * reports it: a `readTime` after the document's `updateTime`, and the document missing. The production service doesn't do
 * this. The listener's value is compared once with a fresh read, which is emitted if it differs.
 */
export const secondLook =
  <T>(look: () => Promise<T>): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      let done = false;
      // Any value from the listener in the meantime makes the check obsolete.
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
                  // eslint-disable-next-line parley/noted-errors -- The listener reports the error itself.
                  catchError(() => EMPTY),
                ),
              ),
        ),
      );
    });

/** Deep equality, regardless of the order of fields. */
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
