/**
 * How far this device's clock is ahead of a peer's, in ms, as far as messages show it (Cristian, Probabilistic clock
 * synchronization, 1989).
 */
export class ClockGap {
  private least = -Infinity;
  private most = Infinity;

  /** The peer read `theirs` from its clock between these moments of this clock; all in ms since the epoch. */
  observe(theirs: number, from: number, until: number): void {
    const [least, most] = [from - theirs, until - theirs];
    this.least = Math.max(this.least, least);
    this.most = Math.min(this.most, most);
    if (this.least <= this.most) return;
    // A clock was set, and what was known is no longer true.
    this.least = least;
    this.most = most;
  }

  /** The difference nearest to none that agrees with all messages: most clocks are right, and messages may be late. */
  get ahead(): number {
    return Math.min(Math.max(0, this.least), this.most);
  }
}
