import {
  BehaviorSubject,
  concatMap,
  defer,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  merge,
  Observable,
  ReplaySubject,
  shareReplay,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';

import { ControlChannel } from '../wire/control-channel';
import { handshakingFirst, localDescription$ } from '../rtc/local-description';
import { addSections, sendTracks } from '../rtc/media-sections';
import { Negotiation } from '../rtc/negotiation';
import { peerConnection } from '../rtc/peer-connection';
import { randomId } from '../values/base32';
import type { LinkPath } from '../signaling/records';
import { addTo, firstDescription, harmlessWhenConnected, lateCandidates, remoteCandidates } from './exchange';
import { LinkContext, LinkState, linkState$ } from './link';
import { newRecovery } from './recovery';
import { triedEnough } from './refusals';
import { offerRestarts } from './restarts';
import { type Addressee, shownTracks } from './shown-tracks';
import { takeAnswers } from './take-answers';

const REVISION = 1;

/**
 * Publishes an offer at a seat and connects to the member who answers it. One subscription is one link document and one
 * connection; unsubscribing deletes the document and closes the connection. Errors with `LinkError` or `DocumentsError`.
 *
 * @param fromSeat this member's own seat
 * @param isMember whether a session belongs to a member
 */
export const offeredLink = (
  context: LinkContext,
  seat: number,
  fromSeat: number,
  isMember: (session: string) => boolean,
): Observable<LinkState> =>
  peerConnection(context.create).pipe(
    switchMap((connection) => {
      const { signaling, session } = context;
      const path: LinkPath = { seat, id: randomId() };
      const control = new ControlChannel(connection);
      const sections = addSections(connection);
      const local$ = localDescription$(connection).pipe(shareReplay({ bufferSize: 1, refCount: false }));
      const peer$ = new ReplaySubject<string>(1);
      const exchanged$ = new ReplaySubject<unknown>(1);
      const provisionalName$ = new BehaviorSubject<string | null>(null);
      const recovery$ = new BehaviorSubject(newRecovery('offerer'));
      const negotiation = new Negotiation(connection, 'offerer', 'o', (message) => control.send(message));
      const addressee$ = new BehaviorSubject<Addressee>('nobody');
      let written: Promise<void> = Promise.resolve();

      const offer$ = defer(() => {
        local$.subscribe();
        return connection.setLocalDescription();
      }).pipe(
        switchMap(() => firstDescription(local$)),
        concatMap((description) => {
          const sdp = handshakingFirst(description.sdp);
          written = signaling.offer(path, fromSeat, { session, ...description, sdp });
          return written.then(() => description);
        }),
        shareReplay({ bufferSize: 1, refCount: true }),
      );
      const late$ = offer$.pipe(
        switchMap((sent) =>
          sent.complete
            ? EMPTY
            : lateCandidates(context, control, local$, path, 'offerer', REVISION, sent.candidates.length),
        ),
      );
      const answer$ = offer$.pipe(
        switchMap(() =>
          takeAnswers(connection, signaling.link$(path), isMember, () => addressee$.next('unknown')),
        ),
        tap(({ kind, answer }) => {
          if (kind === 'provisional') provisionalName$.next(answer.name);
          peer$.next(answer.session);
          addressee$.next({ session: answer.session });
          exchanged$.next(null);
        }),
        filter(({ kind }) => kind === 'answer'),
        switchMap(({ answer }) =>
          remoteCandidates(context, path, 'answerer', REVISION, answer, addTo(connection)).pipe(
            // Candidates of the first gathering are useless to a connection that has been up.
            takeUntil(recovery$.pipe(filter(({ step }) => step === 'well'))),
          ),
        ),
      );
      return merge(
        merge(late$, answer$).pipe(ignoreElements(), harmlessWhenConnected(connection)),
        sendTracks(sections, shownTracks(context.tracks, addressee$, context.shown$)),
        offerRestarts(context, { connection, negotiation, path }, recovery$),
        linkState$(context, {
          path,
          role: 'offerer',
          connection,
          control,
          negotiation,
          peer$,
          described$: peer$,
          exchanged$,
          mismatch$: EMPTY,
          provisionalName$,
          recovery$,
        }),
      ).pipe(
        // Not before the document exists, and without delaying what comes next.
        finalize(() => void written.then(() => signaling.removeLink(path)).catch(() => undefined)),
        triedEnough(context.refusals, { path, connection, control }),
      );
    }),
  );
