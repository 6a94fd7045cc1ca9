import { codecsOf } from '../rtc/codecs';
import { mismatchIn } from './codec-mismatch';

const section = (kind: string, ...codecs: readonly string[]) =>
  [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF 96`,
    ...codecs.map((codec, index) => `a=rtpmap:${96 + index} ${codec}/90000`),
    '',
  ].join('\r\n');

describe('mismatchIn', () => {
  for (const [title, sdp, kind, theirs] of [
    [
      'none where both kinds have a common codec',
      section('audio', 'opus') + section('video', 'X', 'vp8'),
      null,
    ],
    ['none where a kind is missing, or is rejected', section('audio', 'opus') + section('video'), null],
    ['unknown video', section('audio', 'opus') + section('video', 'X', 'Y'), 'video', ['video/X', 'video/Y']],
    [
      'video that is only retransmitted',
      section('audio', 'opus') + section('video', 'X', 'rtx'),
      'video',
      ['video/X'],
    ],
    ['unknown audio', section('audio', 'X') + section('video', 'VP8'), 'audio', ['audio/X']],
    ['video before audio', section('audio', 'X') + section('video', 'Y'), 'video', ['video/Y']],
  ] as const) {
    it(`finds ${title}`, () => {
      expect(mismatchIn(sdp)).toEqual(kind && { kind, ours: codecsOf(kind), theirs });
    });
  }
});
