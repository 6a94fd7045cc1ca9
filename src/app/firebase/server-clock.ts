import { elapsed, wallTime } from '../loading/clock';

/** A clock that is off by less than this is accurate enough, in ms. The rules allow more. */
export const TOLERANCE = 2_000;

/** What one response revealed about the time. */
interface Learnt {
  /** Server time minus the monotonic clock, in ms. */
  readonly offset: number;
  /** The device's wall clock minus the monotonic clock at that moment, in ms. */
  readonly drift: number;
}

/**
 * The database's clock, learnt from its responses and based on the monotonic clock (W3C High Resolution Time, section 4),
 * so that a step of the device's wall clock doesn't move it. Some browsers stop the monotonic clock while the device
 * sleeps. The wall clock has then moved on without it, `isSure` is false, and the next response corrects the time.
 */
export class ServerClock {
  private learnt: Learnt | null = null;

  constructor(
    private readonly monotonic: () => number = elapsed,
    private readonly wall: () => number = wallTime,
  ) {}

  /** ms since the epoch. The device's own wall clock until a response reveals the time. */
  now(): number {
    return this.learnt ? this.learnt.offset + this.monotonic() : this.wall();
  }

  /** `now` minus the monotonic clock, in ms. Changes only when the time is corrected. */
  get offset(): number {
    return this.now() - this.monotonic();
  }

  /** For `learn`: the moment at which a request is sent, in ms. */
  start(): number {
    return this.monotonic();
  }

  /**
   * Adopts the server's time from a response that has just arrived.
   *
   * @param time ms since the epoch; ignored when it is not a finite number
   * @param started the value of `start` when the request was sent
   */
  learn(time: number, started: number): void {
    if (!Number.isFinite(time)) return;
    const now = this.monotonic();
    this.learnt = { offset: time - (started + now) / 2, drift: this.wall() - now };
  }

  /**
   * Learns the time from a `Date` header (RFC 9110, section 6.6.1). It has whole seconds, so it only corrects a clock
   * that is unsure or off by more than that.
   */
  learnRoughly(date: string | null, started: number): void {
    const time = Date.parse(date ?? '') + 500;
    const now = this.monotonic();
    const isOff = !this.isSure || Math.abs(this.now() - time) > TOLERANCE + now - started;
    if (isOff) this.learn(time, started);
  }

  /** Whether the time is known and nothing has happened since that could have made it wrong. */
  get isSure(): boolean {
    return this.learnt !== null && Math.abs(this.wall() - this.monotonic() - this.learnt.drift) < TOLERANCE;
  }
}
