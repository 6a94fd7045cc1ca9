import { BehaviorSubject, filter, map, Observable, of, Subject } from 'rxjs';

import { type Codec, type Message, type RawMessage, readMessage, reads } from '../wire/codec';
import { type Control, parseMessage } from '../wire/control-channel';
import { type Peer, peerOver, Peers } from '../wire/peers';
import { readAny } from './all-messages';
import { whoLeft } from './who-left';

/** What can go wrong with a message in flight: `true` loses it. */
export type Loses = (message: Message) => boolean;

/** One end of a channel that carries messages as text to the other end, in order, each in a separate task. */
export class FakeControl implements Control {
  readonly open = new BehaviorSubject(false);
  readonly open$ = this.open.asObservable();
  readonly sent: RawMessage[] = [];
  loses: Loses = () => false;
  other: FakeControl | null = null;

  private readonly received = new Subject<RawMessage>();

  messages<M extends Message>(codec: Codec<M>): Observable<M> {
    return this.received.pipe(
      filter((raw) => reads(codec, raw)),
      map((raw) => readMessage(codec, raw)),
      filter((message) => message !== null),
    );
  }

  send<M extends Message>(message: M): void {
    if (!this.open.value) return;
    this.sent.push(message as unknown as RawMessage);
    const text = JSON.stringify(message);
    if (this.loses(message)) return;
    queueMicrotask(() => {
      if (this.open.value) this.other?.receive(text);
    });
  }

  receive(text: string): void {
    // What is sent must be of a type that a feature reads, and valid.
    const message = readAny(text) && parseMessage(text);
    if (message && this.open.value) this.received.next(message);
  }
}

/** The two ends of a channel, closed until `setOpen`. */
export function controlPair(): readonly [FakeControl, FakeControl] {
  const [one, two] = [new FakeControl(), new FakeControl()];
  one.other = two;
  two.other = one;
  return [one, two];
}

/** Opens or closes both ends. Closing loses messages in flight. */
export function setOpen(pair: readonly FakeControl[], open: boolean): void {
  for (const { open: end } of pair) end.next(open);
}

/** A member's links, controlled by a spec. */
export class FakePeers extends Peers {
  readonly self = new BehaviorSubject<{ readonly session: string; readonly name: string } | null>(null);
  readonly peers = new BehaviorSubject<readonly Peer[]>([]);
  readonly self$ = this.self.asObservable();
  readonly peers$ = this.peers.asObservable();
  readonly left$ = whoLeft(this.peers);

  simulateSelf(session: string, name: string): void {
    this.self.next({ session, name });
  }

  /** Sets the current links: session, name and this side's end of each member's link. */
  simulatePeers(...peers: readonly (readonly [session: string, name: string, end: FakeControl])[]): void {
    this.connections = peers.map(idleConnection);
    this.peers.next(
      peers.map(([session, name, control], index) => {
        const [connection, id] = [this.connections[index]!, this.linkOf(control)];
        return peerOver({ id, connection, control, heard$: of(true) }, session, name);
      }),
    );
  }

  /** All links are up and send this track. */
  simulateSending(track: MediaStreamTrack | null): void {
    for (const connection of this.connections) {
      Object.assign(connection as unknown as FakeConnection, {
        connectionState: 'connected',
        senders: [{ track }],
      });
    }
  }

  private connections: readonly RTCPeerConnection[] = [];
  private readonly links = new Map<FakeControl, string>();

  /** The same end is the same link. */
  private linkOf(control: FakeControl): string {
    const known = this.links.get(control) ?? String(this.links.size);
    this.links.set(control, known);
    return known;
  }
}

/** What a connection of `FakePeers` sends. */
interface FakeConnection {
  connectionState: RTCPeerConnectionState;
  senders: readonly { readonly track: MediaStreamTrack | null }[];
}

/** A connection that never connects: code that uses the control channel alone doesn't mind. */
const idleConnection = (): RTCPeerConnection =>
  Object.assign(new EventTarget(), {
    connectionState: 'new',
    signalingState: 'stable',
    senders: [],
    getSenders(this: FakeConnection) {
      return this.senders;
    },
    getTransceivers: () => [],
    getStats: () => Promise.resolve(new Map()),
  }) as unknown as RTCPeerConnection;

/** Lets everything in flight arrive. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
};
