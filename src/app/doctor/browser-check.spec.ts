import { CallError } from '../call/call-state';
import { checkBrowser } from './browser-check';
import { checkCodecs } from './codecs-check';

describe('checkBrowser', () => {
  const refusing = (error: Error) => () => {
    throw error;
  };

  it('performs the same check as a call', () => {
    expect(checkBrowser(() => undefined)).toEqual({ state: 'well', reason: 'ready', missing: [] });
    expect(checkBrowser(refusing(new CallError('insecure'))).reason).toBe('insecure');
    expect(checkBrowser(refusing(new CallError('unsupported', { missing: ['SubtleCrypto'] })))).toEqual({
      state: 'failed',
      reason: 'unsupported',
      missing: ['SubtleCrypto'],
    });
    expect(() => checkBrowser(refusing(new Error('a mistake')))).toThrowError('a mistake');
  });
});

describe('checkCodecs', () => {
  const lacking = (type: RegExp) => {
    for (const side of [RTCRtpSender, RTCRtpReceiver]) {
      const all = side.getCapabilities.bind(side);
      spyOn(side, 'getCapabilities').and.callFake((kind) => {
        const capabilities = all(kind)!;
        return {
          ...capabilities,
          codecs: capabilities.codecs.filter(({ mimeType }) => !type.test(mimeType)),
        };
      });
    }
  };

  it('lists codecs that can be both sent and received', () => {
    const receives = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
    spyOn(RTCRtpReceiver, 'getCapabilities').and.callFake((kind) => {
      const { codecs, ...rest } = receives(kind)!;
      const more = { mimeType: `${kind}/H999`, clockRate: 90_000 };
      return { ...rest, codecs: [...codecs, more] };
    });
    const found = checkCodecs();
    expect(found.state).toBe('well');
    expect(found.video).toContain('video/VP8');
    expect(found.audio).toContain('audio/opus');
    expect(found.video).not.toContain('video/H999');
  });

  it('fails without a usual video codec', () => {
    lacking(/VP8|H264/i);
    expect(checkCodecs()).toEqual(jasmine.objectContaining({ state: 'failed', reason: 'noVideo' }));
  });

  it('fails without Opus', () => {
    lacking(/opus/i);
    expect(checkCodecs()).toEqual(jasmine.objectContaining({ state: 'failed', reason: 'noAudio' }));
  });
});
