import {
  BehaviorSubject,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  map,
  merge,
  mergeMap,
  Observable,
  of,
  share,
} from 'rxjs';

import { type Codec, type Message, type RawMessage, readMessage, reads } from './codec';
import { TokenBucket } from './token-bucket';

/** Maximum length of a message, in characters. Longer messages are dropped unread. */
export const MAX_MESSAGE = 64 * 1024;
/**
 * Rate limit: `BURST` messages at once, `RATE` messages a second sustained. A message costs one more for each 4,096
 * characters.
 */
const BURST = 500;
const RATE = 100;
const LENGTH_OF_ONE = 4096;
/** With more than this many bytes queued, a heartbeat would arrive too late to be useful. */
const BUSY = 16 * 1024;

/** The part of a control channel that exchanging messages needs. */
export interface Control {
  /** Whether messages can be sent now; starts with the present value. */
  readonly open$: Observable<boolean>;
  /**
   * The messages that a feature's codec reads. Messages of other types are ignored, so that versions can differ and a feature
   * may load late; invalid ones are dropped.
   */
  messages<M extends Message>(codec: Codec<M>): Observable<M>;
  /** Sends if the channel is open, otherwise drops the message. What is a state is sent again when the channel opens. */
  send<M extends Message>(message: M): void;
}

/** Parses what arrived. Returns null when it is no message; never throws. */
export function parseMessage(data: unknown): RawMessage | null {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return null;
  try {
    const value: unknown = JSON.parse(data);
    const isMessage = typeof value === 'object' && typeof (value as RawMessage | null)?.type === 'string';
    return isMessage ? (value as RawMessage) : null;
  } catch {
    return null;
  }
}

/** The channel that both sides open themselves (RFC 8831: `negotiated`, stream 0, ordered, reliable). */
export class ControlChannel implements Control {
  private readonly channel: RTCDataChannel;
  private readonly droppedCount = new BehaviorSubject(0);
  private readonly allowance = new TokenBucket(BURST, RATE);
  /** Messages already counted as dropped: several may have looked at the same one. */
  private readonly invalid = new WeakSet<RawMessage>();

  /** Number of messages dropped: invalid, too long, or over the rate limit. */
  readonly dropped$ = this.droppedCount.asObservable();
  readonly open$: Observable<boolean>;
  /** Every message as it arrived. */
  readonly arrived$: Observable<RawMessage>;

  /** Must be created before the offer or answer, so that the description contains the data section. */
  constructor(connection: RTCPeerConnection) {
    this.channel = connection.createDataChannel('control', { negotiated: true, id: 0, ordered: true });
    const isOpen = () => this.channel.readyState === 'open';
    this.open$ = merge(of(null), fromEvent(this.channel, 'open'), fromEvent(this.channel, 'close')).pipe(
      map(isOpen),
      distinctUntilChanged(),
    );
    // Shared, so that each message is parsed and counted once.
    this.arrived$ = fromEvent<MessageEvent>(this.channel, 'message').pipe(
      mergeMap(({ data }) => {
        const message = this.isAffordable(data) ? parseMessage(data) : null;
        if (message) return of(message);
        this.drop();
        return EMPTY;
      }),
      share(),
    );
  }

  messages<M extends Message>(codec: Codec<M>): Observable<M> {
    return this.arrived$.pipe(
      filter((raw) => reads(codec, raw)),
      map((raw) => {
        const message = readMessage(codec, raw);
        if (message === null && !this.invalid.has(raw)) {
          this.invalid.add(raw);
          this.drop();
        }
        return message;
      }),
      filter((message) => message !== null),
    );
  }

  /** Sends a heartbeat, unless the queue is so long that it would arrive too late to be useful. */
  beat(): void {
    if (this.channel.bufferedAmount <= BUSY) this.send({ type: 'beat' });
  }

  send<M extends Message>(message: M): void {
    if (this.channel.readyState === 'open') this.channel.send(JSON.stringify(message));
  }

  private drop(): void {
    this.droppedCount.next(this.droppedCount.value + 1);
  }

  private isAffordable(data: unknown): boolean {
    const length = typeof data === 'string' ? data.length : 0;
    return this.allowance.take(1 + Math.floor(length / LENGTH_OF_ONE), performance.now());
  }
}

/** Messages of one type. */
export const said = <M extends Message, T extends M['type']>(
  control: Pick<Control, 'messages'>,
  codec: Codec<M>,
  type: T,
): Observable<Extract<M, { readonly type: T }>> =>
  control
    .messages(codec)
    .pipe(filter((message): message is Extract<M, { readonly type: T }> & M => message.type === type));
