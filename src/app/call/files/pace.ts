const KIB = 1024;

/** Bytes of one message and of what may wait to be sent. */
export interface Pace {
  readonly chunk: number;
  /** No more is handed to the channel above this (RFC 8831: `bufferedAmount`) … */
  readonly high: number;
  /** … until it has fallen to this (`bufferedAmountLowThreshold`). */
  readonly low: number;
}

const SMALLEST = 16 * KIB;
const LARGEST = 256 * KIB;
/** A message blocks all others of the connection while it is sent (RFC 8260, section 1), so it is kept this short, s. */
const MESSAGE_TIME = 0.02;
/** What waits in the browser is lost when the connection breaks; this much keeps it busy while the page is not, s. */
const BUFFER_TIME = 0.2;
const MOST_BUFFERED = 4 * 1024 * KIB;

/**
 * The pace for a link that carries `rate` bytes/s; before anything is known of it, `rate` is null.
 *
 * @param maxMessage the largest message that the other side takes, bytes (RFC 8841, `max-message-size`); 0 for any
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

/** Measures what a channel carries, smoothed. Times in ms. */
export class RateMeter {
  /** Bytes/s; null until something was measured. */
  rate: number | null = null;
  private since: number;

  constructor(
    private bytes: number,
    now: number,
  ) {
    this.since = now;
  }

  /** @param bytes all that has gone out so far */
  measure(bytes: number, now: number): void {
    const time = now - this.since;
    if (time < 100) return;
    const rate = ((bytes - this.bytes) * 1000) / time;
    this.rate = this.rate === null ? rate : this.rate + (rate - this.rate) / 2;
    this.bytes = bytes;
    this.since = now;
  }
}
