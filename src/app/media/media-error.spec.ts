import { MediaError, type MediaReason } from './media';
import { mediaError } from './media-error';

describe('mediaError', () => {
  const expected: Readonly<Record<string, MediaReason>> = {
    NotAllowedError: 'denied',
    SecurityError: 'denied',
    NotFoundError: 'missing',
    NotReadableError: 'busy',
    AbortError: 'busy',
    InvalidStateError: 'failed',
  };

  for (const [name, reason] of Object.entries(expected)) {
    it(`says ${reason} for ${name}`, () => {
      const cause = new DOMException('', name);
      const error = mediaError('camera', cause);
      expect(error.device).toBe('camera');
      expect(error.reason).toBe(reason);
      expect(error.cause).toBe(cause);
    });
  }

  it('says missing for an OverconstrainedError, also one that is not an Error', () => {
    expect(mediaError('camera', new OverconstrainedError('deviceId')).reason).toBe('missing');
    expect(mediaError('camera', { name: 'OverconstrainedError', constraint: 'deviceId' }).reason).toBe(
      'missing',
    );
  });

  it('says failed for anything else', () => {
    for (const thrown of [new TypeError(), 'text', undefined, null, { name: 'constructor' }]) {
      expect(mediaError('microphone', thrown).reason).toBe('failed');
    }
  });

  it('leaves a MediaError unchanged', () => {
    const lost = new MediaError('camera', 'lost');
    expect(mediaError('camera', lost)).toBe(lost);
  });
});
