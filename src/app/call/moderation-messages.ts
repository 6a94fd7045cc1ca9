import type { Codec } from '../wire/codec';

/** Maximum length of a uid (Firebase Auth), in UTF-16 code units. */
const MAX_UID = 128;

/** What members tell each other about the call as such. */
export type ModerationMessage =
  /** The sender has changed the call's document. The message says nothing more: the document decides. */
  | { readonly type: 'call-changed' }
  /** The host asks the receiver to mute the microphone. */
  | { readonly type: 'mute' }
  /** The sender has refused a guest who knocked, by the guest's uid. */
  | { readonly type: 'turned-down'; readonly id: string };

export const moderationMessages: Codec<ModerationMessage> = {
  'call-changed': () => ({}),
  mute: () => ({}),
  'turned-down': ({ id }) =>
    typeof id === 'string' && id.length > 0 && id.length <= MAX_UID ? { id } : null,
};
