import { readCandidateList } from '../rtc/description';
import type { NegotiationMessage } from '../rtc/negotiation';
import type { Codec, RawMessage } from '../wire/codec';

/** What the two ends of a link tell each other about it, besides the negotiation. */
export type LinkMessage =
  /** What the sender currently sends. Sent when the channel opens and on each change. */
  | { readonly type: 'state'; readonly microphone: boolean; readonly camera: boolean }
  /** The sender found no common codec. Lists its own, most preferred first. */
  | { readonly type: 'codecs'; readonly kind: 'audio' | 'video'; readonly codecs: readonly string[] }
  /** The sender is leaving deliberately. */
  | { readonly type: 'bye' };

/** A MIME type (RFC 6838, section 4.2). Checked because it is shown to the person. */
const MIME_TYPE = /^(?:audio|video)\/[\w!#$&^.+-]{1,90}$/;

const isMimeType = (codec: unknown): codec is string => typeof codec === 'string' && MIME_TYPE.test(codec);
const isOfferId = (id: unknown): id is string => typeof id === 'string' && id.length <= 32;

export const linkMessages: Codec<LinkMessage> = {
  state: ({ microphone, camera }) =>
    typeof microphone === 'boolean' && typeof camera === 'boolean' ? { microphone, camera } : null,
  codecs: ({ kind, codecs }) =>
    (kind === 'audio' || kind === 'video') &&
    Array.isArray(codecs) &&
    codecs.length <= 50 &&
    codecs.every(isMimeType)
      ? { kind, codecs }
      : null,
  bye: () => ({}),
};

/** Perfect negotiation: descriptions and their candidates. */
export const negotiationMessages: Codec<NegotiationMessage> = {
  description: ({ kind, id, sdp }) =>
    (kind === 'offer' || kind === 'answer') && isOfferId(id) && typeof sdp === 'string'
      ? { kind, id, sdp }
      : null,
  restart: () => ({}),
  refused: ({ id }) => (isOfferId(id) ? { id } : null),
  candidates: (message: RawMessage) => {
    const candidates = readCandidateList(message['candidates']);
    return candidates && { candidates };
  },
};
