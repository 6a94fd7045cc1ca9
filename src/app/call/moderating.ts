import {
  defer,
  distinctUntilChanged,
  filter,
  ignoreElements,
  map,
  merge,
  Observable,
  shareReplay,
  switchMap,
  take,
} from 'rxjs';

import { isSameList } from '../rx/same-list';
import { retrying } from '../rx/retrying';
import type { Door, Outcome } from './call-state';
import { type ModerationMessage, moderationMessages } from './moderation-messages';
import type { Roster, Seated } from './roster';
import type { VisitContext } from './visit-context';

/** Number of requests and messages that are kept until the code for them is loaded. */
const MOST_KEPT = 50;

/** What a page asks of the host or the members. */
export type ModerationRequest =
  | { readonly to: 'set-door'; readonly door: Door }
  | { readonly to: 'set-seats'; readonly seats: number }
  | { readonly to: 'admit' | 'refuse' | 'admit-ahead'; readonly id: string }
  | { readonly to: 'remove' | 'hand-over'; readonly session: string }
  | { readonly to: 'mute'; readonly session: string | null }
  | { readonly to: 'end' };

/** A request, and how to report what became of it. */
export interface Asked {
  readonly request: ModerationRequest;
  readonly answer: (outcome: Outcome) => void;
}

/** A message about the call, and the session that sent it; null while that is unknown. */
export interface PeerMessage {
  readonly message: ModerationMessage;
  readonly session: string | null;
}

/**
 * Loads the code that moderates when there is something to do: most calls never need it. Until then, requests and messages
 * are kept.
 */
export const moderating = (context: VisitContext, seated: Seated): Observable<never> => {
  const { roster, requests$ } = context;
  const events$ = merge(requests$, messages$(context)).pipe(
    shareReplay({ bufferSize: MOST_KEPT, refCount: true }),
  );
  return merge(
    events$.pipe(ignoreElements()),
    merge(events$, roster.roster$.pipe(filter((now) => hasTask(context, seated, now)))).pipe(
      take(1),
      switchMap(() => defer(() => import('./moderation')).pipe(retrying('call', () => true))),
      switchMap(({ moderation }) => moderation(context, seated, events$)),
    ),
  );
};

/** Guests may knock, the host has gone, or this member is the host and may have been before: then people may have been refused. */
const hasTask = ({ uid }: VisitContext, { created }: Seated, { met, call, host }: Roster): boolean =>
  met !== null && (call?.door === 'ask' || host === null || (call?.host === uid && created !== true));

const messages$ = ({ roster }: VisitContext): Observable<PeerMessage> =>
  roster.part$('links').pipe(
    map((links) => links.map(({ control }) => control)),
    distinctUntilChanged((a, b) => isSameList(a, b)),
    switchMap((controls) =>
      merge(
        ...controls.map((control) =>
          control.messages(moderationMessages).pipe(
            map((message) => ({
              message,
              session: roster.now.links.find((link) => link.control === control)?.session ?? null,
            })),
          ),
        ),
      ),
    ),
  );
