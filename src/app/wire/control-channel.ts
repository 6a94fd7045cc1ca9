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

import { readCandidateList } from '../rtc/description';
import { readFileMessage, type FileMessage } from './file-messages';
import { readGestureMessage, type GestureMessage } from './gesture-messages';
import { readLogMessage, type LogMessage } from './log-messages';
import type { NegotiationMessage } from '../rtc/negotiation';
import { type PictureMessage, readPictureMessage } from './picture-messages';
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
/** A MIME type (RFC 6838, section 4.2). Checked because it is shown to the person. */
const MIME_TYPE = /^(?:audio|video)\/[\w!#$&^.+-]{1,90}$/;
/** With more than this many bytes queued, a heartbeat would arrive too late to be useful. */
const BUSY = 16 * 1024;

/** Messages between two members once their link is up. Unknown types are ignored, so that versions can differ. */
export type ControlMessage =
  /** What the sender currently sends. Sent when the channel opens and on each change. */
  | { readonly type: 'state'; readonly microphone: boolean; readonly camera: boolean }
  /** The sender found no common codec. Lists its own, most preferred first. */
  | { readonly type: 'codecs'; readonly kind: 'audio' | 'video'; readonly codecs: readonly string[] }
  /** The sender is leaving deliberately. */
  | { readonly type: 'bye' }
  /** The sender is alive. Sent once a second. */
  | { readonly type: 'beat' }
  | PictureMessage
  /** Perfect negotiation: descriptions and their candidates. */
  | NegotiationMessage
  | LogMessage
  | GestureMessage
  | FileMessage;

/** Parses one message. Returns null when it is not valid; never throws. */
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

/** The channel that both sides open themselves (RFC 8831: `negotiated`, stream 0, ordered, reliable). */
export class ControlChannel {
  private readonly channel: RTCDataChannel;
  private readonly droppedCount = new BehaviorSubject(0);
  private readonly allowance = new TokenBucket(BURST, RATE);

  /** Number of messages dropped: unknown type, invalid, too long, or over the rate limit. */
  readonly dropped$ = this.droppedCount.asObservable();
  /** Whether messages can be sent now. */
  readonly open$: Observable<boolean>;
  readonly messages$: Observable<ControlMessage>;

  /** Must be created before the offer or answer, so that the description contains the data section. */
  constructor(connection: RTCPeerConnection) {
    this.channel = connection.createDataChannel('control', { negotiated: true, id: 0, ordered: true });
    const isOpen = () => this.channel.readyState === 'open';
    this.open$ = merge(of(null), fromEvent(this.channel, 'open'), fromEvent(this.channel, 'close')).pipe(
      map(isOpen),
      distinctUntilChanged(),
    );
    // Shared, so that each message is parsed and counted once.
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

  /** Sends a heartbeat, unless the queue is so long that it would arrive too late to be useful. */
  beat(): void {
    if (this.channel.bufferedAmount <= BUSY) {
      this.send({ type: 'beat' });
    }
  }

  private isAffordable(data: unknown): boolean {
    const length = typeof data === 'string' ? data.length : 0;
    return this.allowance.take(1 + Math.floor(length / LENGTH_OF_ONE), performance.now());
  }

  /** Sends if the channel is open, otherwise drops the message. State is sent again when the channel opens. */
  send(message: ControlMessage): void {
    if (this.channel.readyState === 'open') {
      this.channel.send(JSON.stringify(message));
    }
  }
}

/** The part of a control channel that exchanging messages needs. */
export type Control = Pick<ControlChannel, 'open$' | 'messages$' | 'send'>;

/** Messages of one type. */
export const said = <T extends ControlMessage['type']>(
  { messages$ }: Control,
  type: T,
): Observable<Extract<ControlMessage, { type: T }>> =>
  messages$.pipe(filter((message): message is Extract<ControlMessage, { type: T }> => message.type === type));
