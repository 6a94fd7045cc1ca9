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

import { connectionState$ } from '../rtc/connection-state';
import { usernameFragmentOf } from '../rtc/local-description';
import type { MemberDescription, ProvisionalAnswer } from '../signaling/payloads';
import type { LinkRecord } from '../signaling/records';
import { once } from './exchange';
import { setupIn } from '../rtc/refusal';
import { LinkError } from './link';
import { RefusedError, setting } from './refusals';

/** By then whoever has made the connection by a provisional answer has a seat, or has not been let in, ms. */
const SEATED = 30_000;

/** An answer that is set at a connection. */
export type TakenAnswer =
  | { readonly kind: 'provisional'; readonly answer: ProvisionalAnswer }
  | { readonly kind: 'answer'; readonly answer: MemberDescription };

type Step =
  | { readonly kind: 'provisional'; readonly answer: ProvisionalAnswer }
  | { readonly kind: 'reached' }
  | { readonly kind: 'answer'; readonly answer: MemberDescription; readonly revision: number };

/**
 * Sets the answers to an offer as they come. A provisional one lets whoever made it come through, and they do that with the
 * press of Accept: then it is as good as their answer and told so, while that is on its way. Whoever else answers is taken
 * in its place. Completes with the answer. Errors with `LinkError` when somebody else answers than the one who came, or nobody
 * within 30 s.
 *
 * @param isSomebody whether a session is a member's already: nobody comes under another's name
 * @param beforeUnknown called before a description is set by which a peer can connect that has no seat yet, as far as is known here
 */
export const takeAnswers = (
  connection: RTCPeerConnection,
  link$: Observable<LinkRecord | null>,
  isSomebody: (session: string) => boolean,
  beforeUnknown: () => void = () => undefined,
): Observable<TakenAnswer> =>
  defer(() => {
    let known: ProvisionalAnswer | null = null;
    let came: ProvisionalAnswer | null = null;
    const settle = (answer: MemberDescription) =>
      setting(answer, () => {
        // The offer has told who begins: where both do, or neither, no handshake ends.
        if (!isPassive(answer)) throw new RefusedError('setup', answer.session);
        return connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      });
    const set = async (step: Step): Promise<TakenAnswer | null> => {
      switch (step.kind) {
        case 'provisional':
          if (isSomebody(step.answer.session) || !isPassive(step.answer)) return null;
          beforeUnknown();
          try {
            await connection.setRemoteDescription({ type: 'pranswer', sdp: step.answer.sdp });
            known = step.answer;
          } catch {
            // Nor does every browser know how: the answer comes in time.
          }
          return null;
        case 'reached':
          if (!known) return null;
          await settle(known);
          came = known;
          return { kind: 'provisional', answer: known };
        case 'answer':
          if (!came) {
            if (!isSomebody(step.answer.session)) beforeUnknown();
            await settle(step.answer);
          } else if (!isOf(came, step)) throw new LinkError('negotiation');
          return step;
      }
    };
    return merge(answersIn(link$), reached(connection)).pipe(
      takeWhile(({ kind }) => kind !== 'answer', true),
      concatMap((step) => once(() => set(step))),
      filter((taken) => taken !== null),
      switchMap((taken) => (taken.kind === 'answer' ? of(taken) : merge(of(taken), unseated$))),
    );
  });

/** The first offer is `active`, so its answers must be `passive` (RFC 8842, section 5.3). */
const isPassive = ({ sdp }: MemberDescription): boolean => setupIn(sdp) === 'passive';

/** Whether an answer is that of who came. A restart may have been answered before the answer to the first offer was seen. */
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
