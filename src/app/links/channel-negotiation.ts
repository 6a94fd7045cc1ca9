import { map, merge, Observable, shareReplay, startWith, switchMap, take, tap } from 'rxjs';

import type { Negotiation } from '../rtc/negotiation';
import type { Refusal } from '../rtc/refusal';
import { trickle } from './candidates';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';
import { negotiationMessages } from './link-messages';

/**
 * Negotiates over the control channel once the first descriptions are set. Emits nothing of interest.
 *
 * @param exchanged$ emits, or replays, when they are
 */
export const negotiating = (end: LinkEnd, exchanged$: Observable<unknown>): Observable<unknown> => {
  const { control, negotiation } = end;
  const received$ = control
    .messages(negotiationMessages)
    .pipe(tap((message) => negotiation.receive(message)));
  return exchanged$.pipe(
    take(1),
    switchMap(() => merge(trickle(end, negotiation.sent$), negotiation.run(control.open$), received$)),
  );
};

/**
 * Why a description of this link could not be used, for the latest such description; starts with null. Errors with `LinkError`
 * (`refused`) when it was to restart ICE: without the restart the link can't go on, without a screen it can.
 */
export const refusals$ = ({ refused$ }: Pick<Negotiation, 'refused$'>): Observable<Refusal | null> =>
  refused$.pipe(
    map(({ refusal, restart }) => {
      if (restart) throw new LinkError('refused');
      return refusal;
    }),
    startWith(null),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
