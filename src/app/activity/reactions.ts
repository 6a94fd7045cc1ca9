import { asyncScheduler, filter, map, Observable, throttleTime } from 'rxjs';

import { said, type Control } from '../wire/control-channel';
import { gestures } from './gesture-messages';

/** The reactions that exist. Others are ignored, so that versions can differ. */
export const reactionEmoji = ['👍', '❤️', '😂', '😮', '👏', '🎉'] as const;

export type ReactionEmoji = (typeof reactionEmoji)[number];

/** A member's brief reaction. */
export interface Reaction {
  /** Counts up, so that each is unique. */
  readonly id: number;
  readonly session: string;
  readonly emoji: ReactionEmoji;
}

/** Shortest time between two reactions of one member, in ms. */
const PACE = 300;

/** Limits a stream to one value per `PACE`. */
export const paced = <T>(source: Observable<T>): Observable<T> =>
  source.pipe(throttleTime(PACE, asyncScheduler));

/** The peer's reactions, without those that this version doesn't know. */
export const theirReactions = (control: Control): Observable<ReactionEmoji> =>
  said(control, gestures, 'reaction').pipe(
    map(({ emoji }) => reactionEmoji.find((known) => known === emoji)),
    filter((emoji) => emoji !== undefined),
    paced,
  );
