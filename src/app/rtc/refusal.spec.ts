import { Refusal, refusalOf, setupIn } from './refusal';

describe('refusalOf', () => {
  let connections: RTCPeerConnection[];
  beforeEach(() => (connections = []));
  afterEach(() => connections.forEach((connection) => connection.close()));

  const connection = () => {
    const made = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    connections.push(made);
    return made;
  };
  const offering = async () => {
    const offerer = connection();
    offerer.addTransceiver('audio');
    offerer.addTransceiver('video');
    offerer.createDataChannel('control', { negotiated: true, id: 0 });
    await offerer.setLocalDescription();
    return offerer;
  };
  const refused = (description: Promise<void>) =>
    description.then(
      () => false,
      () => true,
    );
  const renumbered = (sdp: string) => {
    const [session = '', audio = '', ...rest] = sdp.split(/^(?=m=)/m);
    const number = /^a=extmap:(\d+) \S*sdes:mid/m.exec(audio)![1]!;
    const clashing = audio.replace(/^a=extmap:\d+ (\S*audio-level)/m, `a=extmap:${number} $1`);
    return [session, clashing, ...rest].join('');
  };
  const faults: readonly (readonly [Refusal, (sdp: string) => string])[] = [
    ['bundle', (sdp) => sdp.replace(/^a=group:BUNDLE.*\r\n/m, '')],
    ['rtcpMux', (sdp) => sdp.replace(/^a=rtcp-mux\r\n/gm, '')],
    ['extensions', renumbered],
    ['description', (sdp) => sdp.replace(/^a=ice-pwd:.*\r\n/gm, '')],
  ];

  for (const [refusal, spoil] of faults) {
    it(`names the fault in an offer that this browser rejects: ${refusal}`, async () => {
      const sdp = spoil((await offering()).localDescription!.sdp);
      expect(await refused(connection().setRemoteDescription({ type: 'offer', sdp }))).toBeTrue();
      expect(refusalOf(sdp)).toBe(refusal);
    });

    it(`names the fault in an answer that this browser rejects: ${refusal}`, async () => {
      const [offerer, answerer] = [await offering(), connection()];
      await answerer.setRemoteDescription(offerer.localDescription!);
      await answerer.setLocalDescription();
      const sdp = spoil(answerer.localDescription!.sdp);
      expect(await refused(offerer.setRemoteDescription({ type: 'answer', sdp }))).toBeTrue();
      expect(refusalOf(sdp)).toBe(refusal);
    });
  }

  it('finds no fault in what browsers produce, including rejected sections', async () => {
    const { sdp } = (await offering()).localDescription!;
    expect(refusalOf(sdp)).toBe('description');
    expect(refusalOf(sdp.replace(/^m=video 9 ([^]*?)a=rtcp-mux\r\n/m, 'm=video 0 $1'))).toBe('description');
  });

  it('reads the DTLS role', () => {
    expect(setupIn('v=0\r\nm=audio 9 X 1\r\na=setup:passive\r\n')).toBe('passive');
    expect(setupIn('v=0\r\n')).toBeNull();
  });
});
