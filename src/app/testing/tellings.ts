import { connect, count, delay, firstValueFrom, take, takeUntil, type Observable } from 'rxjs';

/** Time after the first emission within which a duplicate would arrive, in ms. */
const SETTLED = 1_500;

/** How many times a stream emits, from its first emission until `SETTLED` later. */
export const tellings = (stream$: Observable<unknown>): Promise<number> =>
  firstValueFrom(
    stream$.pipe(connect((told$) => told$.pipe(takeUntil(told$.pipe(take(1), delay(SETTLED))), count()))),
  );
