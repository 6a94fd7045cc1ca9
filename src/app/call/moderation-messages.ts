import type { Codec } from '../wire/codec';

/** What members tell each other about the call as such. */
export type ModerationMessage =
  /** The sender has changed the call's document. The message says nothing more: the document decides. */
  | { readonly type: 'call-changed' }
  /** The host asks the receiver to mute the microphone. */
  | { readonly type: 'mute' };

export const moderationMessages: Codec<ModerationMessage> = {
  'call-changed': () => ({}),
  mute: () => ({}),
};
