import { codecsOf, haveCommon, sendableCodecs } from '../rtc/codecs';
import type { Finding } from './finding';

export interface CodecsFinding extends Finding<'all' | 'noVideo' | 'noAudio'> {
  /** MIME types that this browser can both send and receive, preferred ones first. */
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

/** Codecs of every browser that follows the standard: RFC 7742 section 5 and RFC 7874 section 3. */
const USUAL = {
  video: ['video/VP8', 'video/H264'],
  audio: ['audio/opus'],
} as const;

/** Checks which codecs this browser can send and receive. Without a usual codec, most peers can't understand it. */
export function checkCodecs(): CodecsFinding {
  const [video, audio] = [both('video'), both('audio')];
  const reason = !haveCommon(audio, USUAL.audio)
    ? 'noAudio'
    : !haveCommon(video, USUAL.video)
      ? 'noVideo'
      : 'all';
  return { state: reason === 'all' ? 'well' : 'failed', reason, video, audio };
}

function both(kind: 'audio' | 'video'): readonly string[] {
  const sent = new Set(sendableCodecs(kind).map((type) => type.toLowerCase()));
  return codecsOf(kind).filter((type) => sent.has(type.toLowerCase()));
}
