import { TokenBucket } from './token-bucket';

describe('a token bucket', () => {
  it('allows a burst, then as many tokens as have been refilled', () => {
    const bucket = new TokenBucket(3, 2);
    const taken = (now: number) => [1, 2, 3, 4].filter(() => bucket.take(1, now)).length;
    expect(taken(0)).toBe(3);
    expect(taken(499)).toBe(0);
    expect(taken(1_000)).toBe(2);
    expect(taken(60_000)).toBe(3);
  });

  it('takes no tokens for a cost that exceeds them', () => {
    const bucket = new TokenBucket(3, 2);
    expect(bucket.take(4, 0)).toBeFalse();
    expect(bucket.take(3, 0)).toBeTrue();
  });
});
