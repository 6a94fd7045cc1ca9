import { combineLatest, ignoreElements, map, Observable, tap } from 'rxjs';

import { elapsed } from '../loading/clock';
import { DAY } from '../values/bounds';
import { said, type Control } from '../wire/control-channel';
import { type GestureMessage, gestures } from './gesture-messages';

/**
 * Tells the peer when this member's hand goes up or down, and the present state when the peer begins to listen.
 *
 * @param raised$ when the hand was raised, by `elapsed`, in ms; null while it is down
 * @param hello$ emits when the peer begins to listen
 */
export const tellHand = (
  control: Control,
  raised$: Observable<number | null>,
  hello$: Observable<unknown>,
): Observable<never> =>
  combineLatest([raised$, hello$]).pipe(
    // Clocks differ, but a duration means the same to both sides.
    tap(([since]) =>
      control.send<GestureMessage>({
        type: 'hand',
        raised: since === null ? null : Math.min(DAY, Math.max(0, elapsed() - since)),
      }),
    ),
    ignoreElements(),
  );

/** When the peer raised their hand, by `elapsed`, in ms; null while it is down. Emits whenever the peer reports it. */
export const theirHand = (control: Control): Observable<number | null> =>
  said(control, gestures, 'hand').pipe(map(({ raised }) => (raised === null ? null : elapsed() - raised)));
