import { obstacle } from './support';

const whole = {
  isSecureContext: true,
  RTCPeerConnection: class {},
  CompressionStream: class {},
  crypto: { subtle: {} },
};

describe('obstacle', () => {
  it('finds nothing in a current browser', () => {
    expect(obstacle(whole)).toBeNull();
    expect(obstacle(window)).toBeNull();
  });

  it('reports an insecure page before anything hidden there', () => {
    expect(obstacle({ ...whole, isSecureContext: false, crypto: {} })).toEqual({ kind: 'insecure' });
  });

  it('names everything that is missing', () => {
    expect(obstacle({ ...whole, RTCPeerConnection: undefined })).toEqual({
      kind: 'unsupported',
      missing: ['WebRTC'],
    });
    expect(obstacle({ isSecureContext: true, crypto: {} })).toEqual({
      kind: 'unsupported',
      missing: ['WebRTC', 'Web Crypto', 'Compression Streams'],
    });
  });
});
