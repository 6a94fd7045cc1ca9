import { codecsIn, codecsOf, haveCommon } from './codecs';

const SDP = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 110',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:110 telephone-event/48000',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=rtpmap:98 H264/90000',
  'a=rtpmap:99 H264/90000',
  '',
].join('\r\n');

describe('codecs', () => {
  it('are read from a description, once each, without auxiliary ones', () => {
    expect(codecsIn(SDP, 'audio')).toEqual(['audio/opus']);
    expect(codecsIn(SDP, 'video')).toEqual(['video/VP8', 'video/H264']);
    expect(codecsIn('v=0\r\n', 'video')).toEqual([]);
  });

  it('of this browser start with the preferred ones', () => {
    expect(codecsOf('audio')[0]).toBe('audio/opus');
    expect(codecsOf('video')[0]).toBe('video/VP9');
    expect(codecsOf('video')).toContain('video/VP8');
    expect(codecsOf('video').join()).not.toMatch(/rtx|red|ulpfec/i);
  });

  it('are compared without case', () => {
    expect(haveCommon(['video/VP8'], ['video/vp8'])).toBeTrue();
    expect(haveCommon(['video/VP8'], ['video/H264'])).toBeFalse();
  });
});
