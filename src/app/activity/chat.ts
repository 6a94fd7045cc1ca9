import {
  BehaviorSubject,
  combineLatest,
  ignoreElements,
  map,
  merge,
  Observable,
  scan,
  share,
  shareReplay,
  Subject,
  tap,
} from 'rxjs';

import { wallTime } from '../loading/clock';
import { type Control, said } from '../wire/control-channel';
import { randomId } from '../values/base32';
import { forgetChat, rememberChat, type RememberedChat } from './chat-memory';
import { CHAT_LIMITS, insertMessages, readChatEntry } from './chat-messages';
import type { ChatEntry, ChatMessage } from './chat-messages';
import { type GestureMessage, gestures } from './gesture-messages';
import { receiveLog, ReceivedLogs, sendLog, type Arrived } from './log-exchange';
import type { Peer } from '../wire/peers';
import { append, emptyLog, nextOf, type OwnLog } from './reliable-log';
import { isTyping, toldTyping } from './typing';

/**
 * Whether the other members have this member's message. `delivered`: all members who were present at some moment have it.
 * `kept`: no other member is present, the message is for later ones.
 */
export type Delivery = 'delivered' | 'pending' | 'kept';

/** This member, and the call they are in. */
export interface Writer {
  readonly session: string;
  readonly name: string;
  /** Null when this tab can't store it: then nothing survives a reload. */
  readonly callId: string | null;
}

export interface ChatState {
  readonly messages: readonly ChatMessage[];
  /** State of this member's messages, by key. */
  readonly delivery: ReadonlyMap<string, Delivery>;
  /** How many of the present members have each pending message, by key. */
  readonly reached: ReadonlyMap<string, number>;
  /** Number of other members who are present. */
  readonly present: number;
  readonly unread: number;
}

/** Messages of another member that have just arrived. */
export interface ChatArrival {
  readonly messages: readonly ChatMessage[];
  /** They were written before this member joined. */
  readonly history: boolean;
}

const LOG = 'chat';

/** A member, and the channel to them. */
type Writes = Control & Pick<Peer, 'session' | 'name'>;

/** What the members of a call write to each other. */
export class Chat {
  private readonly log: BehaviorSubject<OwnLog<ChatEntry>>;
  private readonly ids: Map<string, string>;
  private readonly messages = new BehaviorSubject<readonly ChatMessage[]>([]);
  private readonly unread = new BehaviorSubject(0);
  private readonly arrivals = new Subject<ChatArrival>();
  private readonly keys = new Subject<boolean>();
  /** The entry before which each member has everything, by session. */
  private readonly has = new BehaviorSubject<ReadonlyMap<string, number>>(new Map());
  private readonly present = new BehaviorSubject<readonly string[]>([]);
  private readonly received = new ReceivedLogs((session) => this.present.value.includes(session));
  private writer: Writer;
  private since: number;
  private reading = false;
  private count = 0;

  readonly arrivals$ = this.arrivals.asObservable();
  readonly state$: Observable<ChatState>;
  private readonly typing$ = toldTyping(this.keys).pipe(share());

  /**
   * @param before this member's messages from before the page was reloaded
   */
  constructor(writer: Writer, before: RememberedChat | null) {
    this.writer = writer;
    this.since = wallTime();
    this.log = new BehaviorSubject<OwnLog<ChatEntry>>(before?.log ?? emptyLog);
    this.ids = new Map(Object.entries(before?.ids ?? {}));
    before?.log.entries.forEach((entry, index) => this.showOwn(entry, before.log.oldest + index));
    this.remember();
    const reach$ = combineLatest([this.present, this.has]).pipe(
      map(([present, has]) => present.map((session) => has.get(session) ?? 0)),
      scan(reachOf, { nexts: [], delivered: 0 }),
    );
    this.state$ = combineLatest([this.messages, this.unread, reach$]).pipe(
      map(([messages, unread, reach]): ChatState => ({ messages, unread, ...deliveryOf(messages, reach) })),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  /** Sends a message to all present members and to later ones. Returns false when it is empty or too long. */
  write(text: string): boolean {
    const entry = readChatEntry({ text: text.trim(), at: wallTime() });
    if (!entry) return false;
    const number = nextOf(this.log.value);
    this.log.next(append(this.log.value, entry, CHAT_LIMITS));
    this.showOwn(entry, number);
    this.remember();
    this.typing(false);
    return true;
  }

  /** Reports a key press in the text box: whether the box contains text. */
  typing(on: boolean): void {
    this.keys.next(on);
  }

  /** While the messages are in view, none is unread. */
  setReading(reading: boolean): void {
    this.reading = reading;
    if (reading) this.unread.next(0);
  }

  /** The member took a seat again: the messages stay. */
  sitDown(writer: Writer): void {
    this.writer = writer;
    this.since = wallTime();
    this.remember();
  }

  /** Sets which members are present. */
  setPresent(sessions: readonly string[]): void {
    this.present.next(sessions);
  }

  /**
   * While subscribed, exchanges messages with a member over the present link; emits whether that member is typing.
   *
   * @param hello$ emits when the peer begins to listen
   */
  talk(peer: Writes, hello$: Observable<unknown>): Observable<boolean> {
    const { session } = peer;
    const arrived$ = receiveLog(peer, LOG, session, this.received).pipe(
      tap((arrived) => this.take(peer, arrived)),
      share(),
    );
    const sent$ = sendLog(peer, LOG, this.idFor(session), this.log, hello$).pipe(
      tap((next) => this.has.next(new Map(this.has.value).set(session, next))),
      ignoreElements(),
    );
    const tell$ = this.typing$.pipe(
      tap((on) => peer.send<GestureMessage>({ type: 'typing', on })),
      ignoreElements(),
    );
    const told$ = merge(
      said(peer, gestures, 'typing').pipe(map(({ on }) => on)),
      arrived$.pipe(map(() => false)),
    );
    return merge(isTyping(told$), sent$, tell$);
  }

  private take({ session, name }: Pick<Peer, 'session' | 'name'>, { id, entries, ahead }: Arrived): void {
    const messages = entries
      .map(readChatEntry)
      .filter((entry) => entry !== null)
      .map(({ text, at }): ChatMessage => ({
        key: `${id}/${++this.count}`,
        author: id,
        session,
        name,
        own: false,
        text,
        at: Math.max(0, Math.min(at + ahead, wallTime())),
      }));
    if (messages.length === 0) return;
    this.messages.next(insertMessages(this.messages.value, messages));
    if (!this.reading) this.unread.next(this.unread.value + messages.length);
    this.arrivals.next({ messages, history: messages.every(({ at }) => at < this.since) });
  }

  private showOwn({ text, at }: ChatEntry, number: number): void {
    const { session, name } = this.writer;
    const message: ChatMessage = { key: String(number), author: 'me', session, name, own: true, text, at };
    this.messages.next(insertMessages(this.messages.value, [message]));
  }

  private idFor(session: string): string {
    const known = this.ids.get(session);
    if (known) return known;
    const id = randomId();
    this.ids.set(session, id);
    this.remember();
    return id;
  }

  private remember(): void {
    const { callId, session } = this.writer;
    if (callId === null) return forgetChat();
    const log = this.log.value;
    rememberChat({ callId, session, log, ids: Object.fromEntries([...this.ids].slice(-MAX_IDS)) });
  }
}

/** How far this member's messages have come. */
interface Reach {
  /** For each present member, the number of the entry before which they have everything. */
  readonly nexts: readonly number[];
  /** The entry before which everything is delivered. */
  readonly delivered: number;
}

/** A delivered message stays delivered when members leave and others join. */
const reachOf = ({ delivered }: Reach, nexts: readonly number[]): Reach => ({
  nexts,
  delivered: nexts.length > 0 ? Math.max(delivered, Math.min(...nexts)) : delivered,
});

function deliveryOf(
  messages: readonly ChatMessage[],
  { nexts, delivered }: Reach,
): Pick<ChatState, 'delivery' | 'reached' | 'present'> {
  const delivery = new Map<string, Delivery>();
  const reached = new Map<string, number>();
  const present = nexts.length;
  for (const { own, key } of messages) {
    if (!own) continue;
    const number = Number(key);
    const state = number < delivered ? 'delivered' : present > 0 ? 'pending' : 'kept';
    delivery.set(key, state);
    if (state === 'pending') reached.set(key, nexts.filter((next) => number < next).length);
  }
  return { delivery, reached, present };
}

/** Number of receivers that recognize the log after a reload, because its ids for them are stored. */
const MAX_IDS = 32;
