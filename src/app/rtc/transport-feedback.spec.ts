import { hasTransportFeedback } from './transport-feedback';

const EXTENSION = 'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', EXTENSION, 'a=rtcp-fb:111 transport-cc'];
const sdp = (...lines: readonly string[]) => ['v=0', ...lines, ''].join('\r\n');

describe('hasTransportFeedback', () => {
  it('requires the extension and the reports in the requested section', () => {
    const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96 97'];
    expect(hasTransportFeedback(sdp(...video, EXTENSION, 'a=rtcp-fb:96 transport-cc'), 'video')).toBeTrue();
    expect(hasTransportFeedback(sdp(...video, EXTENSION, 'a=rtcp-fb:* transport-cc'), 'video')).toBeTrue();
    expect(hasTransportFeedback(sdp(...video, EXTENSION, 'a=rtcp-fb:96 goog-remb'), 'video')).toBeFalse();
    expect(hasTransportFeedback(sdp(...video, 'a=rtcp-fb:96 transport-cc'), 'video')).toBeFalse();
    expect(hasTransportFeedback(sdp(...audio, ...video, 'a=rtcp-fb:96 goog-remb'), 'video')).toBeFalse();
    expect(hasTransportFeedback(sdp(...audio), 'video')).toBeFalse();
  });

  it('detects feedback in an offer of this browser', async () => {
    const connection = new RTCPeerConnection();
    connection.addTransceiver('video');
    const { sdp: offer = '' } = await connection.createOffer();
    connection.close();
    expect(hasTransportFeedback(offer, 'video')).toBeTrue();
  });
});
