import { connect, count, delay, firstValueFrom, take, takeUntil, type Observable } from 'rxjs';

/** By then what is told twice has been told a second time, ms after the first. */
const SETTLED = 1_500;

/** How often a stream tells something, from when it does so first until whatever would follow has come. */
export const tellings = (stream$: Observable<unknown>): Promise<number> =>
  firstValueFrom(
    stream$.pipe(connect((told$) => told$.pipe(takeUntil(told$.pipe(take(1), delay(SETTLED))), count()))),
  );
