import { logs } from '../activity/log-messages';
import { gestures } from '../activity/gesture-messages';
import { moderationMessages } from '../call/moderation-messages';
import { fileMessages } from '../files/file-messages';
import { linkMessages, negotiationMessages } from '../links/link-messages';
import { pictureMessages } from '../pictures/picture-messages';
import { streamsMessages } from '../pictures/stream-map';
import { type Codec, type Message, type RawMessage, readMessage, reads } from '../wire/codec';
import { parseMessage } from '../wire/control-channel';
import { greetings } from '../wire/greeting';
import { beats } from '../wire/vital-signs';

/** The codecs of all features. */
export const allCodecs: readonly object[] = [
  beats,
  greetings,
  linkMessages,
  negotiationMessages,
  moderationMessages,
  pictureMessages,
  streamsMessages,
  logs,
  gestures,
  fileMessages,
];

/** All types of messages. */
export const allTypes: readonly string[] = allCodecs.flatMap((codec) => Object.keys(codec));

/** Reads what arrived by whichever codec is for it; null when none is, or it is not valid. */
export function readAny(data: unknown): RawMessage | null {
  const raw: RawMessage | null = parseMessage(data);
  const codec = raw && (allCodecs as readonly Codec<Message>[]).find((each) => reads(each, raw));
  return raw && codec ? (readMessage(codec, raw) as RawMessage | null) : null;
}
