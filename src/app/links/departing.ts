import {
  combineLatest,
  distinctUntilChanged,
  filter,
  merge,
  type Observable,
  switchMap,
  tap,
  throwError,
} from 'rxjs';

import { said } from '../wire/control-channel';
import { SILENCE } from '../wire/vital-signs';
import { gone$ } from './absence';
import type { Departures } from './departures';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';
import { linkMessages } from './link-messages';
import type { Recovery } from './recovery';
import { unshown$ } from './unshown';

/**
 * Errors with `LinkError` (`departed`) when the peer says `bye`, was not heard for 30 s, or is not shown as a member: the error
 * closes the connection, which cuts the peer off. Notes the departure. Emits nothing.
 */
export const departed$ = (
  { context, control }: Pick<LinkEnd, 'context' | 'control'>,
  peer$: Observable<string>,
  hears$: Observable<boolean>,
): Observable<never> =>
  peer$.pipe(
    distinctUntilChanged(),
    switchMap((session) =>
      merge(
        said(control, linkMessages, 'bye').pipe(tap(() => context.departures.leave(session))),
        gone$(hears$, SILENCE, context.reach).pipe(
          filter(Boolean),
          tap(() => context.departures.lose(session)),
        ),
        unshown$(session, context.shown$),
      ),
    ),
    switchMap(() => throwError(() => new LinkError('departed'))),
  );

/** Notes that a member who was not heard is back, once a link to them is up. Emits nothing of interest. */
export const noteFound = (
  departures: Departures,
  peer$: Observable<string>,
  recovery$: Observable<Recovery>,
): Observable<unknown> =>
  combineLatest([peer$, recovery$]).pipe(
    filter(([, { step }]) => step === 'well'),
    tap(([session]) => departures.find(session)),
  );
