import { ConnectError } from '../firebase/firebase';
import { SIGN_IN_REASONS } from '../firebase/sign-in-reason';
import { MemoryDatabase } from '../testing/memory-documents';
import { checkDatabase } from './database-check';

describe('checkDatabase', () => {
  const documents = () => new MemoryDatabase().user('a');
  /** A clock that advances by the next of these steps at each reading, in ms. */
  const clock = (...steps: number[]) => {
    let time = 0;
    let look = 0;
    return () => (time += steps[look++] ?? 0);
  };

  it('measures the sign-in and reports the median of three round trips', async () => {
    const reached = documents();
    const found = await checkDatabase(() => Promise.resolve(reached), clock(0, 300, 0, 90, 0, 20, 0, 40));
    expect(found).toEqual({
      state: 'well',
      reason: 'reachable',
      signIn: 300,
      roundTrip: 40,
      documents: reached,
    });
  });

  it('reports a distant database as slow', async () => {
    const found = await checkDatabase(
      () => Promise.resolve(documents()),
      clock(0, 300, 0, 900, 0, 2_000, 0, 850),
    );
    expect(found).toEqual(jasmine.objectContaining({ state: 'warning', reason: 'slow', roundTrip: 900 }));
  });

  it('detects blocked listeners even if everything else works', async () => {
    const stopped = documents();
    stopped.simulateNoListening(true);
    const found = await checkDatabase(() => Promise.resolve(stopped), clock(0, 300, 0, 90, 0, 20, 0, 40));
    expect(found).toEqual(jasmine.objectContaining({ state: 'warning', reason: 'polled', roundTrip: 40 }));
  });

  it('tolerates one lost response, not two', async () => {
    const shaky = documents();
    const reach = spyOn(shaky, 'reach').and.returnValues(
      ...[false, true, true, true].map((is) => Promise.resolve(is)),
    );
    expect((await checkDatabase(() => Promise.resolve(shaky))).state).toBe('well');
    expect(reach).toHaveBeenCalledTimes(4);
    const silent = documents();
    silent.simulateOffline(true);
    expect(await checkDatabase(() => Promise.resolve(silent))).toEqual(
      jasmine.objectContaining({ state: 'failed', reason: 'silent', roundTrip: null }),
    );
  });

  for (const reason of ['offline', 'configuration', ...SIGN_IN_REASONS] as const) {
    it(`reports that the database is unreachable: ${reason}`, async () => {
      const found = await checkDatabase(() => Promise.reject(new ConnectError(reason)));
      expect(found).toEqual({ state: 'failed', reason, signIn: null, roundTrip: null, documents: null });
    });
  }
});
