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

import { readCandidateList } from './description';
import { readFileMessage, type FileMessage } from './file-messages';
import { readGestureMessage, type GestureMessage } from './gesture-messages';
import { readLogMessage, type LogMessage } from './log-messages';
import type { NegotiationMessage } from './negotiation';
import { type PictureMessage, readPictureMessage } from './picture-messages';
import { TokenBucket } from './token-bucket';

/** At most this many characters a message: what is longer is dropped unread. */
export const MAX_MESSAGE = 64 * 1024;
/** Messages that may come at once, and a second in the long run; a long one counts once more for each 4,096 characters. */
const BURST = 500;
const RATE = 100;
const LENGTH_OF_ONE = 4096;
/** A MIME type (RFC 6838, section 4.2): it is shown to the person. */
const MIME_TYPE = /^(?:audio|video)\/[\w!#$&^.+-]{1,90}$/;
/** What waits to be sent is too much for a heartbeat to be of use behind it, bytes. */
const BUSY = 16 * 1024;

/** What two members tell each other once their link is up. Unknown types are ignored, so that versions can differ. */
export type ControlMessage =
  /** What the sender sends at present. Sent when the channel opens and at each change. */
  | { readonly type: 'state'; readonly microphone: boolean; readonly camera: boolean }
  /** The sender found no common codec; its own list, most wanted first. */
  | { readonly type: 'codecs'; readonly kind: 'audio' | 'video'; readonly codecs: readonly string[] }
  /** The sender leaves on purpose. */
  | { readonly type: 'bye' }
  /** The sender is alive. Sent once a second. */
  | { readonly type: 'beat' }
  | PictureMessage
  /** Perfect negotiation: descriptions, and the candidates that belong to them. */
  | NegotiationMessage
  | LogMessage
  | GestureMessage
  | FileMessage;

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
        codecs.every((codec): codec is string => typeof codec === 'string' && MIME_TYPE.test(codec));
      return valid ? { type: 'codecs', kind, codecs } : null;
    }
    case 'bye':
      return { type: 'bye' };
    case 'view':
    case 'picture':
      return readPictureMessage(message);
    case 'beat':
      return { type: 'beat' };
    case 'description': {
      const { kind, id, sdp } = message;
      const valid =
        (kind === 'offer' || kind === 'answer') &&
        typeof id === 'string' &&
        id.length <= 32 &&
        typeof sdp === 'string';
      return valid ? { type: 'description', kind, id, sdp } : null;
    }
    case 'restart':
      return { type: 'restart' };
    case 'refused': {
      const { id } = message;
      return typeof id === 'string' && id.length <= 32 ? { type: 'refused', id } : null;
    }
    case 'candidates': {
      const candidates = readCandidateList(message['candidates']);
      return candidates && { type: 'candidates', candidates };
    }
    default:
      return message
        ? (readLogMessage(message) ?? readGestureMessage(message) ?? readFileMessage(message))
        : null;
  }
}

/** The channel that both sides open by themselves (RFC 8831: `negotiated`, stream 0, ordered, reliable). */
export class ControlChannel {
  private readonly channel: RTCDataChannel;
  private readonly droppedCount = new BehaviorSubject(0);
  private readonly allowance = new TokenBucket(BURST, RATE);

  /** How many messages were not taken in: of an unknown type, not valid, too long, or too many at once. */
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
    // Shared, so that each message is read, and counted, once.
    this.messages$ = fromEvent<MessageEvent>(this.channel, 'message').pipe(
      mergeMap(({ data }) => {
        const message = this.isAffordable(data) ? readControlMessage(data) : null;
        if (message) return of(message);
        this.droppedCount.next(this.droppedCount.value + 1);
        return EMPTY;
      }),
      share(),
    );
  }

  /** Tells that this side is alive, unless so much waits to be sent that it would tell nothing. */
  beat(): void {
    if (this.channel.bufferedAmount <= BUSY) {
      this.send({ type: 'beat' });
    }
  }

  private isAffordable(data: unknown): boolean {
    const length = typeof data === 'string' ? data.length : 0;
    return this.allowance.take(1 + Math.floor(length / LENGTH_OF_ONE), performance.now());
  }

  /** Sends if the channel is open; state is sent again when it opens. */
  send(message: ControlMessage): void {
    if (this.channel.readyState === 'open') {
      this.channel.send(JSON.stringify(message));
    }
  }
}

/** What talking over a control channel takes. */
export type Control = Pick<ControlChannel, 'open$' | 'messages$' | 'send'>;

/** Messages of one type. */
export const said = <T extends ControlMessage['type']>(
  { messages$ }: Control,
  type: T,
): Observable<Extract<ControlMessage, { type: T }>> =>
  messages$.pipe(filter((message): message is Extract<ControlMessage, { type: T }> => message.type === type));
