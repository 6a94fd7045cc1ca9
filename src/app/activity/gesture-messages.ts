import { DAY, isNumberIn } from '../values/bounds';
import type { Codec, RawMessage } from '../wire/codec';

/** What a member does besides speaking. None of it is stored. */
export type GestureMessage =
  /** Whether the sender is typing a message. Valid for six seconds. */
  | { readonly type: 'typing'; readonly on: boolean }
  /**
   * How long the sender's hand has been raised, in ms, at most 24 h; null while it is down. A state: sent on each hello
   * and each change.
   */
  | { readonly type: 'hand'; readonly raised: number | null }
  /** Whether the sender is recording the call. A state, sent like `hand`. */
  | { readonly type: 'recording'; readonly on: boolean }
  /** A brief reaction: one emoji. */
  | { readonly type: 'reaction'; readonly emoji: string };

/** Maximum length of an emoji. One of several code points is longer than one character, but not by this much. */
const MAX_EMOJI = 16;

const readOn = ({ on }: RawMessage) => (typeof on === 'boolean' ? { on } : null);

export const gestures: Codec<GestureMessage> = {
  typing: readOn,
  recording: readOn,
  hand: ({ raised }) => (raised === null || isNumberIn(raised, 0, DAY) ? { raised } : null),
  reaction: ({ emoji }) =>
    typeof emoji === 'string' && emoji.length > 0 && emoji.length <= MAX_EMOJI ? { emoji } : null,
};
