import { Observable, type OperatorFunction, Subscription } from 'rxjs';

/**
 * Like `switchMap`, but leaves the former inner stream only when the next one has emitted, so that there is no gap
 * between them. Should the former fail meanwhile, `gap` is emitted and the next is waited for.
 *
 * Where both can't be had at the same time, as with the cameras of many phones, the next one fails while the former
 * still runs. When `excludes` says that an error is of that sort, the former is left, `gap` is emitted, and the next is
 * tried again. Any other error of the next is an error of the whole. A next stream that completes without having
 * emitted leaves the former in place.
 */
export const handover =
  <T, R>(
    project: (value: T) => Observable<R>,
    excludes: (error: unknown) => boolean,
    gap: R,
  ): OperatorFunction<T, R> =>
  (source) =>
    new Observable((subscriber) => {
      let former: Subscription | null = null;
      let next: Subscription | null = null;
      subscriber.add(() => {
        next?.unsubscribe();
        former?.unsubscribe();
      });

      const start = (value: T): void => {
        next?.unsubscribe();
        const own = new Subscription();
        next = own;
        own.add(
          project(value).subscribe({
            next: (result) => {
              if (next === own) {
                former?.unsubscribe();
                former = own;
                next = null;
              }
              subscriber.next(result);
            },
            error: (error: unknown) => {
              if (next !== own && next !== null) {
                former = null;
                subscriber.next(gap);
              } else if (next === own && former !== null && excludes(error)) {
                former.unsubscribe();
                former = null;
                subscriber.next(gap);
                if (next === own && !subscriber.closed) start(value);
              } else {
                subscriber.error(error);
              }
            },
            complete: () => {
              if (next === own) next = null;
            },
          }),
        );
      };
      subscriber.add(source.subscribe({ next: start, error: (error: unknown) => subscriber.error(error) }));
    });
