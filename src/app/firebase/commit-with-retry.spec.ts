import { DocumentsError, type DocumentsReason } from './documents';
import { commitWithRetry } from './commit-with-retry';

describe('commitWithRetry', () => {
  const commits = (...outcomes: readonly (DocumentsReason | null)[]) => {
    let sent = 0;
    return jasmine.createSpy('commit').and.callFake(() => {
      const reason = outcomes[sent++];
      return reason ? Promise.reject(new DocumentsError(reason)) : Promise.resolve();
    });
  };
  const rejected = (reason: DocumentsReason) => jasmine.objectContaining({ reason });

  it('retries a lost commit once', async () => {
    const commit = commits('offline', null);
    await commitWithRetry(commit);
    expect(commit).toHaveBeenCalledTimes(2);
    await expectAsync(commitWithRetry(commits('offline', 'offline'))).toBeRejectedWith(rejected('offline'));
  });

  it('recognizes a commit that succeeded, and accepts no other refusal as success', async () => {
    await commitWithRetry(commits('offline', 'forbidden'), () => Promise.resolve(true));
    await expectAsync(
      commitWithRetry(commits('offline', 'forbidden'), () => Promise.resolve(false)),
    ).toBeRejectedWith(rejected('forbidden'));
  });

  it('accepts a refusal at once when nothing was lost', async () => {
    const isDone = jasmine.createSpy('isDone').and.resolveTo(true);
    await expectAsync(commitWithRetry(commits('conflict'), isDone)).toBeRejectedWith(rejected('conflict'));
    expect(isDone).not.toHaveBeenCalled();
  });
});
