import { keepAwake } from './keep-awake';

class FakeWakeLock {
  readonly type = 'screen';
  held = 0;
  asked = 0;
  readonly answers: (() => void)[] = [];

  request(): Promise<WakeLockSentinel> {
    this.asked++;
    const release = (): Promise<void> => {
      this.held--;
      return Promise.resolve();
    };
    return new Promise((resolve) =>
      this.answers.push(() => {
        this.held++;
        resolve({ release } as WakeLockSentinel);
      }),
    );
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('keepAwake', () => {
  it('holds the lock while subscribed, and requests it again when the page is visible again', async () => {
    const lock = new FakeWakeLock();
    const subscription = keepAwake(lock, document).subscribe();
    lock.answers[0]?.();
    await settled();
    expect(lock.held).toBe(1);
    document.dispatchEvent(new Event('visibilitychange'));
    lock.answers[1]?.();
    await settled();
    expect(lock.asked).toBe(2);
    expect(lock.held).toBe(1);
    subscription.unsubscribe();
    await settled();
    expect(lock.held).toBe(0);
  });

  it('releases a lock that is granted too late', async () => {
    const lock = new FakeWakeLock();
    keepAwake(lock, document).subscribe().unsubscribe();
    lock.answers[0]?.();
    await settled();
    expect(lock.held).toBe(0);
  });

  it('continues silently after a refusal, and without browser support', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('', 'NotAllowedError')) };
    const failed = jasmine.createSpy();
    keepAwake(refusing, document).subscribe({ error: failed }).unsubscribe();
    keepAwake(null, document).subscribe({ error: failed });
    await settled();
    expect(failed).not.toHaveBeenCalled();
  });
});
