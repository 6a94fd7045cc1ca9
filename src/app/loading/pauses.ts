import { Observable } from 'rxjs';

/** First and longest pause before something that was lost is requested again, in ms. Each pause is twice the one before. */
const FIRST = 500;
const MOST = 10_000;

/** The pause after so many failures, in ms. */
export const pauseAfter = (failures: number): number => Math.min(MOST, FIRST * 2 ** (failures - 1));

/** Emits once and completes: after this time in ms, but no later than when the network is back. */
export const pause$ = (ms: number): Observable<void> =>
  new Observable((subscriber) => {
    const go = () => {
      subscriber.next();
      subscriber.complete();
    };
    const timer = setTimeout(go, ms);
    globalThis.addEventListener('online', go);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', go);
    };
  });
