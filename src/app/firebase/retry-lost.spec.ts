import { retryLost } from './retry-lost';

describe('retryLost', () => {
  const lost = new Error('lost');
  const isLost = (error: unknown) => error === lost;
  let online: jasmine.Spy;
  beforeEach(() => (online = spyOnProperty(navigator, 'onLine').and.returnValue(true)));

  it('retries a lost attempt after each pause, then gives up', async () => {
    const attempt = jasmine.createSpy('attempt').and.rejectWith(lost);
    const before = performance.now();
    await expectAsync(retryLost(attempt, isLost, [20, 30])).toBeRejectedWith(lost);
    expect(attempt).toHaveBeenCalledTimes(3);
    expect(performance.now() - before).toBeGreaterThan(45);
  });

  it('returns the result that finally arrives', async () => {
    let tries = 0;
    const attempt = () => (++tries === 2 ? Promise.resolve('here') : Promise.reject(lost));
    expect(await retryLost(attempt, isLost, [1, 1])).toBe('here');
    expect(tries).toBe(2);
  });

  it('does not repeat an answered attempt, nor any while offline', async () => {
    const refused = new Error('refused');
    const attempt = jasmine.createSpy('attempt').and.rejectWith(refused);
    await expectAsync(retryLost(attempt, isLost, [1, 1])).toBeRejectedWith(refused);
    online.and.returnValue(false);
    attempt.and.rejectWith(lost);
    await expectAsync(retryLost(attempt, isLost, [1, 1])).toBeRejectedWith(lost);
    expect(attempt).toHaveBeenCalledTimes(2);
  });
});
