/** A token bucket: allows bursts of `capacity` tokens and `rate` tokens a second sustained. */
export class TokenBucket {
  private tokens: number;
  private filled: number | null = null;

  constructor(
    private readonly capacity: number,
    private readonly rate: number,
  ) {
    this.tokens = capacity;
  }

  /**
   * Takes tokens if there are enough.
   *
   * @param now ms, by a monotonic clock
   */
  take(cost: number, now: number): boolean {
    this.tokens = Math.min(this.capacity, this.tokens + ((now - (this.filled ?? now)) / 1000) * this.rate);
    this.filled = now;
    if (cost > this.tokens) {
      return false;
    }
    this.tokens -= cost;
    return true;
  }
}
