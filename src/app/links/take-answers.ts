import {
  concatMap,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  Observable,
  of,
  switchMap,
  take,
  takeWhile,
  throwError,
  timer,
} from 'rxjs';

import { noteError } from '../log/note';
import { connectionState$ } from '../rtc/connection-state';
import { usernameFragmentOf } from '../rtc/local-description';
import type { MemberDescription, ProvisionalAnswer } from '../signaling/payloads';
import type { LinkRecord } from '../signaling/records';
import { setupIn } from '../rtc/refusal';
import { LinkError } from './link-error';
import { RefusedError, setting } from './refusals';

/** Time for a peer that connected by a provisional answer to be seated, in ms. After that it was not let in. */
const SEATED = 30_000;

/** An answer that is set at a connection. */
export type TakenAnswer =
  | { readonly kind: 'provisional'; readonly answer: ProvisionalAnswer }
  | { readonly kind: 'answer'; readonly answer: MemberDescription };

/** Who is known to hold which session. */
export interface KnownSessions {
  /** Whether a session already belongs to a member, whose session no newcomer may use. */
  readonly isMember: (session: string) => boolean;
  /** Whether a session belongs to a member at another seat: then the answer is not theirs. */
  readonly isElsewhere: (session: string) => boolean;
}

type Step =
  | { readonly kind: 'provisional'; readonly answer: ProvisionalAnswer }
  | { readonly kind: 'reached' }
  | { readonly kind: 'answer'; readonly answer: MemberDescription; readonly revision: number };

/**
 * Sets the answers to an offer as they arrive. A provisional answer lets its author connect, which they do with the press of
 * Accept. Once they are connected, it counts and is reported as their answer while the real one is still in flight. Until
 * then, another person's answer replaces it. Completes with the answer. Errors with `LinkError` when the answer comes from a
 * different person than the one who connected, when it uses another member's session, or when none arrives within 30 s.
 *
 * @param beforeUnknown called before setting a description that lets a peer connect that has no seat yet as far as this side
 * knows
 */
export const takeAnswers = (
  connection: RTCPeerConnection,
  link$: Observable<LinkRecord | null>,
  { isMember, isElsewhere }: KnownSessions,
  beforeUnknown: () => void = () => undefined,
): Observable<TakenAnswer> =>
  defer(() => {
    let known: ProvisionalAnswer | null = null;
    let came: ProvisionalAnswer | null = null;
    const settle = (answer: MemberDescription) =>
      setting(answer, () => {
        // The offer fixes who starts the handshake: if both sides do, or neither, it never completes.
        if (!isPassive(answer)) throw new RefusedError('setup', answer.session);
        return connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      });
    const set = async (step: Step): Promise<TakenAnswer | null> => {
      switch (step.kind) {
        case 'provisional':
          if (isMember(step.answer.session) || !isPassive(step.answer)) return null;
          beforeUnknown();
          try {
            await connection.setRemoteDescription({ type: 'pranswer', sdp: step.answer.sdp });
            known = step.answer;
          } catch (error) {
            // Not every browser supports provisional answers: the answer follows in time.
            noteError('links', 'provisional-answer', error);
          }
          return null;
        case 'reached':
          if (!known) return null;
          await settle(known);
          came = known;
          return { kind: 'provisional', answer: known };
        case 'answer':
          if (isElsewhere(step.answer.session)) throw new LinkError('negotiation');
          if (!came) {
            if (!isMember(step.answer.session)) beforeUnknown();
            await settle(step.answer);
          } else if (!isOf(came, step)) throw new LinkError('negotiation');
          return step;
      }
    };
    return merge(answersIn(link$), reached(connection)).pipe(
      takeWhile(({ kind }) => kind !== 'answer', true),
      concatMap((step) => set(step)),
      filter((taken) => taken !== null),
      switchMap((taken) => (taken.kind === 'answer' ? of(taken) : merge(of(taken), unseated$))),
    );
  });

/** The first offer is `active`, so its answers must be `passive` (RFC 8842, section 5.3). */
const isPassive = ({ sdp }: MemberDescription): boolean => setupIn(sdp) === 'passive';

/**
 * Whether an answer comes from the person who connected. A restart may have been answered before the answer to the first
 * offer was seen.
 */
const isOf = (came: ProvisionalAnswer, { answer, revision }: Extract<Step, { kind: 'answer' }>): boolean =>
  revision === 1
    ? usernameFragmentOf(answer.sdp) === usernameFragmentOf(came.sdp)
    : answer.session === came.session;

const answersIn = (link$: Observable<LinkRecord | null>): Observable<Step> =>
  link$.pipe(
    map((link): Step | null => {
      if (link?.answer) return { kind: 'answer', answer: link.answer, revision: link.revision };
      return link?.pranswer ? { kind: 'provisional', answer: link.pranswer } : null;
    }),
    filter((step) => step !== null),
    distinctUntilChanged((before, now) => before.kind === now.kind),
  );

const reached = (connection: RTCPeerConnection): Observable<Step> =>
  connectionState$(connection).pipe(
    filter((state) => state === 'connected'),
    take(1),
    map(() => ({ kind: 'reached' })),
  );

const unseated$ = timer(SEATED).pipe(switchMap(() => throwError(() => new LinkError('failed'))));
