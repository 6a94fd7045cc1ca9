import { catchError, EMPTY, finalize, ignoreElements, merge, Observable, switchMap, throwError } from 'rxjs';

import { sendTracks } from '../rtc/media-sections';
import { negotiating, refusals$ } from './channel-negotiation';
import { departed$, noteFound } from './departing';
import { hearing$ } from './hearing';
import type { LinkState } from './link';
import { LinkError } from './link-error';
import type { LinkEnd } from './link-end';
import { linkRecovery$, repairing } from './link-recovery';
import { linkState$ } from './link-state';
import type { LinkTerms } from './link-terms';
import { marks } from './marks';
import { triedEnough } from './refusals';
import { shownTracks } from './shown-tracks';
import { telling } from './telling';

/**
 * Runs a link for as long as it is subscribed: exchanges descriptions, sends media, tells the peer what it needs to know, and keeps
 * the connection up. Emits the link's state. Errors with `LinkError` or `DocumentsError` when the link ends.
 */
export const runLink = (end: LinkEnd, terms: LinkTerms): Observable<LinkState> => {
  const { context, connection } = end;
  const { peer$ } = terms;
  const hears$ = hearing$(end);
  const recovery$ = linkRecovery$(end, terms, hears$);
  const refusal$ = refusals$(end.negotiation);
  const tracks = shownTracks(context.tracks, terms.addressee$, context.shown$);
  return merge(
    terms.exchange$.pipe(ignoreElements(), harmlessWhenConnected(connection)),
    terms.sections$.pipe(switchMap((sections) => sendTracks(sections, tracks))),
    terms.restarts$,
    linkState$(end, terms, recovery$, refusal$),
    merge(
      noteFound(context.departures, peer$, recovery$),
      departed$(end, peer$, hears$),
      repairing(end, recovery$),
      refusal$,
      negotiating(end, terms.exchanged$),
      telling(end, terms.mismatch$),
      marks(recovery$, peer$),
    ).pipe(ignoreElements()),
  ).pipe(finalize(terms.ended), triedEnough(context.refusals, end));
};

/** Once there is a connection, Firestore errors do it no harm. A `LinkError` does: the connection is the wrong one. */
const harmlessWhenConnected =
  (connection: RTCPeerConnection) =>
  <T>(source: Observable<T>): Observable<T> =>
    source.pipe(
      catchError((error: unknown) =>
        !(error instanceof LinkError) && ['connected', 'disconnected'].includes(connection.connectionState)
          ? EMPTY
          : throwError(() => error),
      ),
    );
