import { withoutStrayPayloads } from './stray-payloads';

const sdp = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');

describe('withoutStrayPayloads', () => {
  it('removes attributes of payload types that the section does not list, and nothing else', () => {
    const section = (...strays: readonly string[]) =>
      sdp(
        'v=0',
        'a=group:BUNDLE 0 1 2',
        'm=audio 9 UDP/TLS/RTP/SAVPF 109',
        'a=rtpmap:109 opus/48000/2',
        'm=video 0 UDP/TLS/RTP/SAVPF 121 125',
        ...strays,
        'a=rtcp-fb:* transport-cc',
        'a=rtcp-fb:121 nack pli',
        'a=rtpmap:121 VP9/90000',
        'a=fmtp:125 apt=121',
        'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
        'a=sctp-port:5000',
      );
    // 109 is listed, but in another section.
    const strays = ['a=rtcp-fb:98 nack', 'a=fmtp:98 apt=1', 'a=rtpmap:109 H264/90000'];
    expect(withoutStrayPayloads(section(...strays))).toBe(section());
    expect(withoutStrayPayloads(section())).toBe(section());
  });

  it('makes a description acceptable that the browser rejected', async () => {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.addTransceiver('video');
    const { sdp: offer = '' } = await one.createOffer();
    const broken = offer.replace(/^a=rtpmap/m, 'a=rtcp-fb:34 nack\r\na=rtpmap');
    await expectAsync(other.setRemoteDescription({ type: 'offer', sdp: broken })).toBeRejected();
    await other.setRemoteDescription({ type: 'offer', sdp: withoutStrayPayloads(broken) });
    expect(other.signalingState).toBe('have-remote-offer');
    one.close();
    other.close();
  });
});
