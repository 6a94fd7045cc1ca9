import { DAY, isNumberIn } from './bounds';

/** What a member does beside speaking: nothing of it is kept. */
export type GestureMessage =
  /** Whether the sender is writing a message just now. Holds for six seconds. */
  | { readonly type: 'typing'; readonly on: boolean }
  /** How long the sender's hand has been up, in ms, at most 24 h; null while it is down. A state: told at each hello and each change. */
  | { readonly type: 'hand'; readonly raised: number | null }
  /** Whether the sender records what they see and hear. A state, told like the hand. */
  | { readonly type: 'recording'; readonly on: boolean }
  /** A passing sign of feeling: one emoji. */
  | { readonly type: 'reaction'; readonly emoji: string };

/** An emoji of several code points is longer than one character, but not by this much. */
const MAX_EMOJI = 16;

export function readGestureMessage(message: Readonly<Record<string, unknown>>): GestureMessage | null {
  const { type } = message;
  switch (type) {
    case 'typing':
    case 'recording': {
      const { on } = message;
      return typeof on === 'boolean' ? { type, on } : null;
    }
    case 'hand': {
      const { raised } = message;
      return raised === null || isNumberIn(raised, 0, DAY) ? { type, raised } : null;
    }
    case 'reaction': {
      const { emoji } = message;
      const valid = typeof emoji === 'string' && emoji.length > 0 && emoji.length <= MAX_EMOJI;
      return valid ? { type, emoji } : null;
    }
    default:
      return null;
  }
}
