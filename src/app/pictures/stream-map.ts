import type { ReceivedTrack, SentSection } from '../rtc/link-media';
import type { Codec, RawMessage } from '../wire/codec';

/** What a section of a description carries. */
export type StreamKind = 'microphone' | 'camera' | 'screen' | 'screen-sound';

/** What is sent in one section: whose it is, and what. */
export interface SentStream {
  /** The section's identification tag (RFC 8843, section 9; RFC 9143). */
  readonly mid: string;
  /** The session of the member whose microphone, camera or screen it is. */
  readonly owner: string;
  readonly kind: StreamKind;
}

/** All that the sender sends over the link. Sent when the channel opens, when the receiver says hello, and on each change. */
export interface StreamsMessage {
  readonly type: 'streams';
  readonly streams: readonly SentStream[];
}

const KINDS: readonly unknown[] = ['microphone', 'camera', 'screen', 'screen-sound'] satisfies StreamKind[];
/** More sections than any link of sixteen members has. */
const MOST_STREAMS = 64;
/** Browsers number their sections; the standard allows any token. */
const MID = /^[\w.!#$%&'*+^`{|}~-]{1,16}$/;
const SESSION = /^[0-9a-hjkmnp-tv-z]{16}$/;

const isStream = (value: unknown): value is SentStream => {
  const { mid, owner, kind } = (value ?? {}) as Partial<Record<keyof SentStream, unknown>>;
  return (
    typeof mid === 'string' &&
    MID.test(mid) &&
    typeof owner === 'string' &&
    SESSION.test(owner) &&
    KINDS.includes(kind)
  );
};

export const streamsMessages: Codec<StreamsMessage> = {
  streams: ({ streams }: RawMessage) =>
    Array.isArray(streams) &&
    streams.length <= MOST_STREAMS &&
    streams.every(isStream) &&
    new Set(streams.map(({ mid }) => mid)).size === streams.length
      ? { streams: streams.map(({ mid, owner, kind }) => ({ mid, owner, kind })) }
      : null,
};

/** What this member announces about the sections of a link. */
export const streamsIn = (sections: readonly SentSection[], owner: string): readonly SentStream[] =>
  sections.map(({ mid, kind, standing }) => ({
    mid,
    owner,
    kind: standing ? STANDING[kind] : FURTHER[kind],
  }));

const STANDING = { audio: 'microphone', video: 'camera' } as const;
const FURTHER = { audio: 'screen-sound', video: 'screen' } as const;

/**
 * The tracks of a member's screen among those received beside microphone and camera.
 *
 * @param announced what the peer says it sends; null when it never said: an older app, which sends nothing there but its screen
 */
export const screenTracks = (
  received: readonly ReceivedTrack[],
  announced: readonly SentStream[] | null,
  owner: string,
): readonly MediaStreamTrack[] =>
  received
    .filter(
      ({ mid }) =>
        announced === null ||
        announced.some(
          (stream) =>
            stream.mid === mid &&
            stream.owner === owner &&
            (stream.kind === 'screen' || stream.kind === 'screen-sound'),
        ),
    )
    .map(({ track }) => track);
