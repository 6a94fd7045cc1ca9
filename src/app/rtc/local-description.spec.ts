import { filter, firstValueFrom, timeout } from 'rxjs';

import { within } from '../testing/within';
import { localDescription$, usernameFragmentOf, withoutAddresses } from './local-description';

const lines = (...all: readonly string[]) => all.map((line) => `${line}\r\n`).join('');

describe('withoutAddresses', () => {
  it('restores the default destinations of before gathering', () => {
    const sdp = lines(
      'v=0',
      'o=- 4 2 IN IP4 127.0.0.1',
      'm=audio 50123 UDP/TLS/RTP/SAVPF 111 63',
      'c=IN IP4 192.0.2.7',
      'a=rtcp:50124 IN IP4 192.0.2.7',
      'a=candidate:1 1 udp 2122260223 192.0.2.7 50123 typ host',
      'a=end-of-candidates',
      'm=application 50125 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP6 2001:db8::7',
    );
    expect(withoutAddresses(sdp)).toBe(
      lines(
        'v=0',
        'o=- 4 2 IN IP4 127.0.0.1',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
        'c=IN IP4 0.0.0.0',
        'a=rtcp:9 IN IP4 0.0.0.0',
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        'c=IN IP4 0.0.0.0',
      ),
    );
  });

  it('leaves a rejected section unchanged', () => {
    expect(withoutAddresses(lines('m=video 0 UDP/TLS/RTP/SAVPF 0'))).toBe(
      lines('m=video 0 UDP/TLS/RTP/SAVPF 0'),
    );
  });

  it('hides the addresses of a connection that has gathered', async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('a');
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    }
    const { sdp } = connection.localDescription!;
    connection.close();
    expect(sdp).toContain('a=candidate:');
    const told = withoutAddresses(sdp);
    expect(told).not.toContain('a=candidate:');
    expect(told.match(/^c=.*$/gm)).toEqual(['c=IN IP4 0.0.0.0']);
    expect(usernameFragmentOf(told)).toBe(usernameFragmentOf(sdp));
  });
});

describe('localDescription$', () => {
  /** The part of a candidate that a browser may not write differently from place to place. */
  const address = (candidate: string) => candidate.split(' ').slice(0, 8).join(' ');

  it('has the candidates that the browser reports, each time for the present description', async () => {
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    connection.createDataChannel('a');
    connection.addTransceiver('audio');
    const reported: RTCIceCandidate[] = [];
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) reported.push(candidate);
    });
    for (const iceRestart of [false, true]) {
      reported.length = 0;
      await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
      const fragment = usernameFragmentOf(connection.localDescription!.sdp);
      const { sdp, candidates } = await firstValueFrom(
        localDescription$(connection).pipe(
          filter(({ candidates: found, complete }) => found.length > 0 && complete),
          timeout(within(12_000)),
        ),
      );
      expect(sdp).not.toContain('a=candidate');
      expect(usernameFragmentOf(sdp)).toBe(fragment);
      expect(candidates.map(({ candidate }) => address(candidate)).sort()).toEqual(
        reported.map(({ candidate }) => address(candidate)).sort(),
      );
      expect(
        candidates.map(({ sdpMid, sdpMLineIndex, usernameFragment }) => [
          sdpMid,
          sdpMLineIndex,
          usernameFragment,
        ]),
      ).toEqual(
        reported.map((candidate) => [candidate.sdpMid, candidate.sdpMLineIndex, candidate.usernameFragment]),
      );
    }
    connection.close();
  });
});
