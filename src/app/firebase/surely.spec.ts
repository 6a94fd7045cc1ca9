import { DocumentsError, type DocumentsReason } from './documents';
import { surely } from './surely';

describe('surely', () => {
  const commits = (...outcomes: readonly (DocumentsReason | null)[]) => {
    let sent = 0;
    return jasmine.createSpy('commit').and.callFake(() => {
      const reason = outcomes[sent++];
      return reason ? Promise.reject(new DocumentsError(reason)) : Promise.resolve();
    });
  };
  const rejected = (reason: DocumentsReason) => jasmine.objectContaining({ reason });

  it('sends again what was lost, once', async () => {
    const commit = commits('offline', null);
    await surely(commit);
    expect(commit).toHaveBeenCalledTimes(2);
    await expectAsync(surely(commits('offline', 'offline'))).toBeRejectedWith(rejected('offline'));
  });

  it('recognises what was carried out, and takes no other refusal for it', async () => {
    await surely(commits('offline', 'forbidden'), () => Promise.resolve(true));
    await expectAsync(surely(commits('offline', 'forbidden'), () => Promise.resolve(false))).toBeRejectedWith(
      rejected('forbidden'),
    );
  });

  it('believes a refusal at once where nothing was lost', async () => {
    const isDone = jasmine.createSpy('isDone').and.resolveTo(true);
    await expectAsync(surely(commits('conflict'), isDone)).toBeRejectedWith(rejected('conflict'));
    expect(isDone).not.toHaveBeenCalled();
  });
});
