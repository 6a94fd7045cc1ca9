const KIB = 1024;

/** Sizes in bytes: of one message, and of what may wait to be sent. */
export interface Pace {
  readonly chunk: number;
  /** Above this nothing more is given to the channel (RFC 8831: `bufferedAmount`) … */
  readonly high: number;
  /** … until it has fallen to this (`bufferedAmountLowThreshold`). */
  readonly low: number;
}

const SMALLEST = 16 * KIB;
const LARGEST = 256 * KIB;
/** Longest time to send one message, in s: a message blocks all others of the connection while it is sent (RFC 8260, section 1). */
const MESSAGE_TIME = 0.02;
/** How long buffered data lasts, in s: enough to keep the browser busy while the page is not, but it is lost when the connection breaks. */
const BUFFER_TIME = 0.2;
const MOST_BUFFERED = 4 * 1024 * KIB;

/**
 * The pace for a link that carries `rate` bytes/s; `rate` is null before anything was measured.
 *
 * @param maxMessage largest message that the peer accepts, in bytes (RFC 8841, `max-message-size`); 0 for no limit
 */
export function paceFor(rate: number | null, maxMessage: number): Pace {
  const wanted = rate === null ? 64 * KIB : rate * MESSAGE_TIME;
  const allowed = Math.min(maxMessage || LARGEST, LARGEST);
  let chunk = SMALLEST;
  while (chunk * 2 <= Math.min(wanted, allowed)) chunk *= 2;
  chunk = Math.min(chunk, allowed);
  const high = Math.min(Math.max((rate ?? 0) * BUFFER_TIME, 8 * chunk), MOST_BUFFERED);
  return { chunk, high, low: Math.floor(high / 2) };
}

/** Measures the smoothed rate of a channel. Times are in ms. */
export class RateMeter {
  /** In bytes/s; null until something was measured. */
  rate: number | null = null;
  private since: number;

  constructor(
    private bytes: number,
    now: number,
  ) {
    this.since = now;
  }

  /**
   * @param bytes total sent so far
   */
  measure(bytes: number, now: number): void {
    const time = now - this.since;
    if (time < 100) return;
    const rate = ((bytes - this.bytes) * 1000) / time;
    this.rate = this.rate === null ? rate : this.rate + (rate - this.rate) / 2;
    this.bytes = bytes;
    this.since = now;
  }
}
