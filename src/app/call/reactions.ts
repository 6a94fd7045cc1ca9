import { asyncScheduler, filter, map, Observable, throttleTime } from 'rxjs';

import { said, type Control } from '../rtc/control-channel';

/** The signs of feeling there are. Others are ignored, so that versions can differ. */
export const reactionEmoji = ['👍', '❤️', '😂', '😮', '👏', '🎉'] as const;

export type ReactionEmoji = (typeof reactionEmoji)[number];

/** Somebody's passing sign of feeling. */
export interface Reaction {
  /** Counts up: no two are the same. */
  readonly id: number;
  readonly session: string;
  readonly emoji: ReactionEmoji;
}

/** Nobody's come faster than this, ms. */
const PACE = 300;

/** Passes on no more than one in a while. */
export const paced = <T>(source: Observable<T>): Observable<T> =>
  source.pipe(throttleTime(PACE, asyncScheduler));

/** The other side's reactions, as far as they are known here. */
export const theirReactions = (control: Control): Observable<ReactionEmoji> =>
  said(control, 'reaction').pipe(
    map(({ emoji }) => reactionEmoji.find((known) => known === emoji)),
    filter((emoji) => emoji !== undefined),
    paced,
  );
