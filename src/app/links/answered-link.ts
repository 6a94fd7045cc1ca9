import {
  BehaviorSubject,
  catchError,
  combineLatest,
  concatMap,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  ReplaySubject,
  shareReplay,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
} from 'rxjs';

import { visible$ } from '../loading/visible';
import { ControlChannel } from '../wire/control-channel';
import type { Description } from '../rtc/description';
import { localDescription$, withoutAddresses } from '../rtc/local-description';
import { acceptSections, sendTracks } from '../rtc/media-sections';
import { Negotiation } from '../rtc/negotiation';
import { peerConnection } from '../rtc/peer-connection';
import type { LinkRecord } from '../signaling/records';
import type { CodecMismatch } from '../call/call-state';
import {
  addTo,
  firstDescription,
  harmlessWhenConnected,
  lateCandidates,
  once,
  remoteCandidates,
} from './exchange';
import { LinkContext, LinkState, linkState$, mismatchIn } from './link';
import { newRecovery } from './recovery';
import { RefusedError, setting, triedEnough } from './refusals';
import { answerRestarts } from './restarts';
import { type Addressee, shownTracks } from './shown-tracks';

/** An answered link. Its answer is prepared before the seat is taken. */
export interface AnsweredLink {
  readonly link: LinkRecord;
  /** The answer with the candidates gathered so far; null while it is being prepared. */
  readonly prepared: Description | null;
  readonly state: LinkState;
}

/** How far the person has entered the call. */
export type Entry =
  /** No packet is sent to any member. */
  | { readonly step: 'waiting' }
  /** Join was pressed: candidates may be checked. */
  | { readonly step: 'entering' }
  /** The seat is taken; `answered` holds the answers that were committed with it, by link id. */
  | { readonly step: 'seated'; readonly answered: ReadonlyMap<string, Description> };

/**
 * Takes up an offer. Prepares everything but sends no packet to the peer before Join is pressed. Publishes the answer itself
 * if the seat was taken without it. Errors with `LinkError` or `DocumentsError`.
 *
 * @param revisions$ the link's document as it changes
 */
export const answeredLink = (
  context: LinkContext,
  link: LinkRecord,
  entry$: Observable<Entry>,
  revisions$: Observable<LinkRecord>,
): Observable<AnsweredLink> => {
  const offer = link.offer;
  return offer === null
    ? EMPTY
    : peerConnection(context.create).pipe(
        switchMap((connection) => {
          const { signaling, session } = context;
          const control = new ControlChannel(connection);
          const local$ = localDescription$(connection).pipe(shareReplay({ bufferSize: 1, refCount: false }));
          const mismatch$ = new BehaviorSubject<CodecMismatch | null>(null);
          const recovery$ = new BehaviorSubject(newRecovery('answerer'));
          const negotiation = new Negotiation(connection, 'answerer', 'a', (message) =>
            control.send(message),
          );

          const prepared$ = defer(async () => {
            local$.subscribe();
            // The candidates are held back: with them the connection would start to send.
            return setting(offer, async () => {
              await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
              const sections = acceptSections(connection);
              if (!sections) {
                throw new RefusedError('sections', offer.session);
              }
              mismatch$.next(mismatchIn(offer.sdp));
              await connection.setLocalDescription();
              return sections;
            });
          }).pipe(shareReplay({ bufferSize: 1, refCount: true }));

          const entering$ = entry$.pipe(
            filter(({ step }) => step !== 'waiting'),
            take(1),
          );
          const seated$ = entry$.pipe(
            filter((entry) => entry.step === 'seated'),
            take(1),
          );
          // The rules show the offerer's batches only to the seat's holder, so listen once the seat is taken.
          const candidates$ = combineLatest([prepared$, entering$]).pipe(
            switchMap(() =>
              remoteCandidates(context, link, 'offerer', link.revision, offer, addTo(connection), seated$),
            ),
            takeUntil(recovery$.pipe(filter(({ step }) => step === 'well'))),
          );
          /** Before the answer is in its document the peer can't send, so silence means nothing. */
          const stored$ = new ReplaySubject<unknown>(1);
          const answer$ = combineLatest([prepared$, seated$]).pipe(
            concatMap(([, { answered }]) => {
              const sent = answered.get(link.id);
              return sent
                ? of(sent)
                : firstDescription(local$).pipe(
                    concatMap((description) =>
                      once(async () => {
                        await signaling.answer(link, { session, ...description });
                        return description;
                      }),
                    ),
                  );
            }),
            tap((sent) => stored$.next(sent)),
            switchMap((sent) =>
              sent.complete
                ? EMPTY
                : lateCandidates(
                    context,
                    control,
                    local$,
                    link,
                    'answerer',
                    link.revision,
                    sent.candidates.length,
                  ),
            ),
          );
          const provisional$ = publishProvisional(context, link, combineLatest([local$, prepared$])).pipe(
            takeUntil(entering$),
          );
          const peer$ = entering$.pipe(map(() => offer.session));
          // Before Join the offerer has no description of this side, unless a provisional answer is published.
          const addressee$ = peer$.pipe(
            map((session): Addressee => ({ session })),
            startWith<Addressee>(context.ownProvisionalName === null ? 'nobody' : 'unknown'),
          );
          const tracks = shownTracks(context.tracks, addressee$, context.shown$);
          const path = { seat: link.seat, id: link.id };
          return combineLatest({
            prepared: local$.pipe(startWith(null)),
            state: merge(
              merge(candidates$, answer$).pipe(ignoreElements(), harmlessWhenConnected(connection)),
              prepared$.pipe(switchMap((sections) => sendTracks(sections, tracks))),
              provisional$,
              answerRestarts(context, { connection, negotiation, path }, revisions$),
              linkState$(context, {
                path,
                role: 'answerer',
                connection,
                control,
                negotiation,
                peer$,
                described$: stored$,
                // Don't wait until Firestore acknowledges the commit: the connection is often faster.
                exchanged$: prepared$,
                mismatch$,
                provisionalName$: of(null),
                recovery$,
              }),
            ).pipe(triedEnough(context.refusals, { path, connection, control })),
          }).pipe(map(({ prepared, state }) => ({ link, prepared, state })));
        }),
      );
};

/**
 * Publishes a provisional answer, once, while the page is visible. It contains no address and has no effect before Join is
 * pressed. If another device of the same person was faster, its provisional answer stays. Emits nothing.
 */
const publishProvisional = (
  { signaling, session, ownProvisionalName }: LinkContext,
  link: LinkRecord,
  prepared$: Observable<readonly [Description, unknown]>,
): Observable<never> =>
  ownProvisionalName === null || link.pranswer !== null
    ? EMPTY
    : combineLatest([prepared$, visible$(document)]).pipe(
        filter(([, visible]) => visible),
        take(1),
        concatMap(([[{ sdp }]]) =>
          once(() =>
            signaling.answerProvisionally(link, {
              session,
              name: ownProvisionalName,
              sdp: withoutAddresses(sdp),
              candidates: [],
              complete: false,
            }),
          ),
        ),
        ignoreElements(),
        // A failure is harmless: a provisional answer only saves time.
        catchError(() => EMPTY),
      );
