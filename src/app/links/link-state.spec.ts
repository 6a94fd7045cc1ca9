import { type PathState, statusOf } from './link-state';
import type { LinkStatus } from './link-status';
import { newRecovery, type RecoveryStep } from './recovery';

describe('statusOf', () => {
  const status = (step: RecoveryStep, path: PathState, silent = false, known = true): LinkStatus =>
    statusOf({ ...newRecovery('offerer'), step, silent }, path, known);

  for (const [step, path, heard, silent] of [
    ['waiting', 'fine', 'connecting', 'connecting'],
    ['connecting', 'failed', 'connecting', 'connecting'],
    ['well', 'fine', 'connected', 'connected'],
    ['well', 'disconnected', 'connected', 'connected'],
    ['well', 'failed', 'reconnecting', 'reconnecting'],
    ['silent', 'fine', 'reconnecting', 'reconnecting'],
    ['channel', 'fine', 'reconnecting', 'reconnecting'],
    ['renewing', 'fine', 'connected', 'reconnecting'],
    ['renewing', 'disconnected', 'reconnecting', 'reconnecting'],
    ['signaling', 'fine', 'connected', 'reconnecting'],
    ['signaling', 'failed', 'reconnecting', 'reconnecting'],
    ['checking', 'fine', 'reconnecting', 'reconnecting'],
    ['lost', 'failed', 'failed', 'failed'],
  ] as const) {
    it(`of ${step}, path ${path}: ${heard} while the peer is heard, else ${silent}`, () => {
      expect([status(step, path), status(step, path, true)]).toEqual([heard, silent]);
    });
  }

  it('is waiting until the peer is known', () => {
    expect(status('waiting', 'fine', false, false)).toBe('waiting');
    expect(status('connecting', 'fine', false, false)).toBe('waiting');
  });
});
