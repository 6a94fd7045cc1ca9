import { Observable } from 'rxjs';

import { type Deed, type Told, type Untold, untold } from './told';

/** Shortest time between two sentences, in ms: long enough to hear or read a short one. */
export const PAUSE = 3_000;

/**
 * Emits sentences about what members did, one at a time. What happens during the pause after a sentence goes into one
 * sentence per kind when the pause ends.
 *
 * @param gather how long to wait for similar deeds before the first sentence after a calm, in ms
 */
export const oneByOne = (deeds$: Observable<Deed>, gather: (deed: Deed) => number): Observable<Told> =>
  new Observable((subscriber) => {
    let waiting: Untold = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const next = (): void => {
      const [first, ...rest] = waiting;
      waiting = rest;
      timer = first ? setTimeout(next, PAUSE) : null;
      if (first) subscriber.next(first);
    };
    const heard = deeds$.subscribe((deed) => {
      waiting = untold(waiting, deed);
      if (timer !== null) return;
      const ms = gather(deed);
      if (ms === 0) next();
      else timer = setTimeout(next, ms);
    });
    return () => {
      heard.unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  });
