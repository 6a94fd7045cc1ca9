import { combineLatest, ignoreElements, map, Observable, tap } from 'rxjs';

import { elapsed } from '../loading/clock';
import { DAY } from '../rtc/bounds';
import { said, type Control } from '../rtc/control-channel';

/**
 * Tells the other side when one's hand goes up or down, and, when they begin to listen, how it is.
 *
 * @param raised$ since when it is up, by `elapsed`, in ms; null while it is down
 * @param hello$ emits when they begin to listen
 */
export const tellHand = (
  control: Control,
  raised$: Observable<number | null>,
  hello$: Observable<unknown>,
): Observable<never> =>
  combineLatest([raised$, hello$]).pipe(
    // Clocks differ: how long it is up means the same to both.
    tap(([since]) =>
      control.send({
        type: 'hand',
        raised: since === null ? null : Math.min(DAY, Math.max(0, elapsed() - since)),
      }),
    ),
    ignoreElements(),
  );

/** Since when the other side's hand is up, by `elapsed`, in ms; null while it is down. Emits when told. */
export const theirHand = (control: Control): Observable<number | null> =>
  said(control, 'hand').pipe(map(({ raised }) => (raised === null ? null : elapsed() - raised)));
