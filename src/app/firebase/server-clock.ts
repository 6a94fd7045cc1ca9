import { elapsed, wallTime } from '../loading/clock';

/** A clock that is off by less than this is right enough: the rules allow for more, ms. */
export const TOLERANCE = 2_000;

/** What one response told about the time. */
interface Learnt {
  /** Server time minus the monotonic clock, ms. */
  readonly offset: number;
  /** The device's wall clock minus the monotonic clock at that moment, ms. */
  readonly drift: number;
}

/**
 * The database's clock, learnt from its responses and kept against the monotonic clock (W3C High Resolution Time, section 4): a
 * step of the device's wall clock doesn't move it. Some browsers stop the monotonic clock while the device sleeps; then the wall
 * clock has moved on without it, `isSure` says so, and the next response corrects the clock.
 */
export class ServerClock {
  private learnt: Learnt | null = null;

  constructor(
    private readonly monotonic: () => number = elapsed,
    private readonly wall: () => number = wallTime,
  ) {}

  /** ms since the epoch; the device's own wall clock until the first response that tells the time. */
  now(): number {
    return this.learnt ? this.learnt.offset + this.monotonic() : this.wall();
  }

  /** How far the time is ahead of the monotonic clock, ms: changes only when the time turns out to be another. */
  get offset(): number {
    return this.now() - this.monotonic();
  }

  /** For `learn`: the moment at which a request is sent, ms. */
  start(): number {
    return this.monotonic();
  }

  /**
   * Takes over the server's time from a response that has just arrived.
   *
   * @param time ms since the epoch; ignored when it is no number
   * @param started what `start` gave when the request was sent
   */
  learn(time: number, started: number): void {
    if (!Number.isFinite(time)) return;
    const now = this.monotonic();
    this.learnt = { offset: time - (started + now) / 2, drift: this.wall() - now };
  }

  /**
   * The same from a `Date` header (RFC 9110, section 6.6.1), which has whole seconds: only corrects a clock that is not known or
   * off by more than that.
   */
  learnRoughly(date: string | null, started: number): void {
    const time = Date.parse(date ?? '') + 500;
    const now = this.monotonic();
    const isOff = !this.isSure || Math.abs(this.now() - time) > TOLERANCE + now - started;
    if (isOff) this.learn(time, started);
  }

  /** Whether the time is known and nothing has happened since that may have made it wrong. */
  get isSure(): boolean {
    return this.learnt !== null && Math.abs(this.wall() - this.monotonic() - this.learnt.drift) < TOLERANCE;
  }
}
