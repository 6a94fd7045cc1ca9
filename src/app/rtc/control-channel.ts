import { BehaviorSubject, distinctUntilChanged, fromEvent, map, merge, Observable, of } from 'rxjs';

/** At most this many characters a message: what is longer is dropped unread. */
export const MAX_MESSAGE = 64 * 1024;

/** What two members tell each other once their link is up. Unknown types are ignored, so that versions can differ. */
export type ControlMessage =
  /** What the sender sends at present. Sent when the channel opens and at each change. */
  | { readonly type: 'state'; readonly microphone: boolean; readonly camera: boolean }
  /** The sender found no common codec; its own list, most wanted first. */
  | { readonly type: 'codecs'; readonly kind: 'audio' | 'video'; readonly codecs: readonly string[] }
  /** The sender leaves on purpose. */
  | { readonly type: 'bye' };

/** Reads one message; null when it is not one. Never throws. */
export function readControlMessage(data: unknown): ControlMessage | null {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) {
    return null;
  }
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  const message = (typeof value === 'object' ? value : null) as Readonly<Record<string, unknown>> | null;
  switch (message?.['type']) {
    case 'state': {
      const { microphone, camera } = message;
      const valid = typeof microphone === 'boolean' && typeof camera === 'boolean';
      return valid ? { type: 'state', microphone, camera } : null;
    }
    case 'codecs': {
      const { kind, codecs } = message;
      const valid =
        (kind === 'audio' || kind === 'video') &&
        Array.isArray(codecs) &&
        codecs.length <= 50 &&
        codecs.every((codec): codec is string => typeof codec === 'string' && codec.length <= 100);
      return valid ? { type: 'codecs', kind, codecs } : null;
    }
    case 'bye':
      return { type: 'bye' };
    default:
      return null;
  }
}

/** The channel that both sides open by themselves (RFC 8831: `negotiated`, stream 0, ordered, reliable). */
export class ControlChannel {
  private readonly channel: RTCDataChannel;
  private readonly droppedCount = new BehaviorSubject(0);

  /** Messages that were none. */
  readonly dropped$ = this.droppedCount.asObservable();
  /** Whether messages get through now. */
  readonly open$: Observable<boolean>;
  readonly messages$: Observable<ControlMessage>;

  /** Must be made before the offer or answer, so that the data section is in it. */
  constructor(connection: RTCPeerConnection) {
    this.channel = connection.createDataChannel('control', { negotiated: true, id: 0, ordered: true });
    const isOpen = () => this.channel.readyState === 'open';
    this.open$ = merge(of(null), fromEvent(this.channel, 'open'), fromEvent(this.channel, 'close')).pipe(
      map(isOpen),
      distinctUntilChanged(),
    );
    this.messages$ = new Observable((subscriber) =>
      fromEvent<MessageEvent>(this.channel, 'message').subscribe(({ data }) => {
        const message = readControlMessage(data);
        if (message) {
          subscriber.next(message);
        } else {
          this.droppedCount.next(this.droppedCount.value + 1);
        }
      }),
    );
  }

  /** Sends if the channel is open; state is sent again when it opens. */
  send(message: ControlMessage): void {
    if (this.channel.readyState === 'open') {
      this.channel.send(JSON.stringify(message));
    }
  }
}
