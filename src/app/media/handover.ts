import { Observable, type OperatorFunction, Subscription } from 'rxjs';

/**
 * Like `switchMap`, but keeps the previous inner stream until the next one has emitted, so that there is no gap between
 * them. If the previous stream fails first, `gap` is emitted until the next one emits.
 *
 * Some resources can't be held twice, such as the cameras of many phones: the next stream fails while the previous one
 * still runs. When `excludes` recognizes such an error, the previous stream is unsubscribed, `gap` is emitted, and the
 * next one is retried. Any other error of the next stream is passed on. If the next stream completes without emitting,
 * the previous one continues.
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
