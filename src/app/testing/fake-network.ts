/** What a connection's description says about ICE, and whose it is. */
interface Credentials {
  readonly fragment: string;
  readonly peer: string | null;
}

/** The tracks of all fake receivers: streams take real tracks only. */
const receivedTracks = (() => {
  let made: Readonly<Record<string, MediaStreamTrack>> | null = null;
  return () => {
    if (!made) {
      const connection = new RTCPeerConnection();
      const track = (kind: string) => connection.addTransceiver(kind).receiver.track;
      made = { audio: track('audio'), video: track('video') };
      connection.close();
    }
    return made;
  };
})();

/**
 * A network between the fake peer connections of several people in one page. It connects two ends whose descriptions name each
 * other, after a moment, as ICE does; sends no media; and costs almost nothing, so that races can be repeated often.
 */
export class FakeNetwork {
  private readonly ends: FakeEnd[] = [];
  private readonly blocked = new Set<string>();
  private readonly lost: FakeEnd[] = [];
  private readonly slow = new Map<string, number>();

  /** @param random a number of 0…1, for each delay */
  constructor(private readonly random: () => number = Math.random) {}

  /** A peer connection of this person. */
  create(owner: string): RTCPeerConnection {
    const end = new FakeEnd(this, owner);
    this.ends.push(end);
    return end as unknown as RTCPeerConnection;
  }

  /** From now on nothing passes between two people, and no connection between them can be made. */
  simulateBlocked(a: string, b: string, blocked = true): void {
    for (const pair of [`${a} ${b}`, `${b} ${a}`])
      if (blocked) this.blocked.add(pair);
      else this.blocked.delete(pair);
    if (!blocked) this.look();
  }

  /** The pairs that are connected now, one entry for each connection. */
  get connected(): readonly string[] {
    const isUp = (end: FakeEnd | null) => end?.connectionState === 'connected';
    return this.ends
      .filter((end) => isUp(end) && isUp(end.other) && end.owner < end.other!.owner)
      .map((end) => `${end.owner}-${end.other!.owner}`)
      .sort();
  }

  /** Nothing of a person passes any more, without a sign. */
  simulateGone(owner: string): void {
    this.lost.push(...this.ends.filter((end) => end.owner === owner));
  }

  /** From now on, a person takes this long to set a description of another person, in ms. */
  simulateSlow(owner: string, author: string, time: number): void {
    this.slow.set(`${owner} ${author}`, time);
  }

  slowness(owner: string, fragment: string): Promise<void> {
    const author = this.ends.find((end) => end.fragment === fragment)?.owner;
    const time = this.slow.get(`${owner} ${author}`) ?? 0;
    return new Promise((resolve) => setTimeout(resolve, time));
  }

  /** Number of connections that a person has made so far. */
  madeBy(owner: string): number {
    return this.ends.filter((end) => end.owner === owner).length;
  }

  later(most: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.random() * most));
  }

  isGone(end: FakeEnd): boolean {
    return this.lost.includes(end);
  }

  passes(a: FakeEnd, b: FakeEnd): boolean {
    return (
      !this.isGone(a) &&
      !this.isGone(b) &&
      !a.closed &&
      !b.closed &&
      !this.blocked.has(`${a.owner} ${b.owner}`)
    );
  }

  /** Connects what can be connected. */
  look(): void {
    for (const one of this.ends) {
      const other = this.ends.find((end) => end !== one && one.fits(end));
      if (one.closed || !other || one.other === other) continue;
      one.other = other;
      other.other = one;
      for (const end of [one, other]) void end.simulateConnecting();
    }
  }
}

/** One end: behaves like an `RTCPeerConnection` as far as links use it. */
class FakeEnd extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  iceGatheringState: RTCIceGatheringState = 'new';
  localDescription: RTCSessionDescription | null = null;
  currentRemoteDescription: RTCSessionDescription | null = null;
  readonly sctp = null;
  readonly channel: FakeChannel;
  other: FakeEnd | null = null;
  private own: Credentials = { fragment: fragment(), peer: null };
  private hasCandidates = false;
  private restarts = false;
  private transceivers: unknown[] = [];

  constructor(
    private readonly network: FakeNetwork,
    readonly owner: string,
  ) {
    super();
    this.channel = new FakeChannel(this, network);
  }

  get closed(): boolean {
    return this.signalingState === 'closed';
  }

  get fragment(): string {
    return this.own.fragment;
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  addTransceiver(kind: 'audio' | 'video'): unknown {
    const sender = {
      track: null as MediaStreamTrack | null,
      transport: null,
      setStreams: () => undefined,
      getParameters: () => ({ encodings: [] }),
      setParameters: () => Promise.resolve(),
      replaceTrack: (track: MediaStreamTrack | null) => ((sender.track = track), Promise.resolve()),
    };
    const receiver = { track: receivedTracks()[kind]! };
    const mid = String(this.transceivers.length);
    const made = { mid, direction: 'sendrecv', currentDirection: 'sendrecv', sender, receiver };
    this.transceivers.push(made);
    return made;
  }

  getTransceivers(): unknown[] {
    return this.transceivers;
  }

  getSenders(): unknown[] {
    return this.transceivers.map((each) => (each as { readonly sender: unknown }).sender);
  }

  getConfiguration(): RTCConfiguration {
    return {};
  }

  setConfiguration(): void {
    // All configurations are alike here.
  }

  getStats(): Promise<ReadonlyMap<string, unknown>> {
    const timestamp = performance.now();
    const pair = { type: 'candidate-pair', bytesReceived: this.channel.received, timestamp };
    return Promise.resolve(new Map([['pair', pair]]));
  }

  restartIce(): void {
    this.restarts = true;
  }

  createOffer(): Promise<RTCSessionDescriptionInit> {
    this.restarts = true;
    return Promise.resolve({ type: 'offer' });
  }

  async setLocalDescription(given?: RTCSessionDescriptionInit): Promise<void> {
    await this.work();
    if (given?.type === 'rollback') return this.turn('stable');
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    if (this.restarts) this.own = { ...this.own, fragment: fragment() };
    const isRestart = this.restarts;
    this.restarts = false;
    this.tell(type);
    this.turn(type === 'offer' ? 'have-local-offer' : 'stable');
    if (this.iceGatheringState === 'complete' && !isRestart) return this.network.look();
    this.iceGatheringState = 'gathering';
    void this.gather(type);
  }

  async setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
    await this.work();
    const theirs = /^a=ice-ufrag:(\S+)/m.exec(sdp)![1]!;
    await this.network.slowness(this.owner, theirs);
    if (type === 'offer') {
      if (this.signalingState !== 'stable') throw new DOMException('', 'InvalidStateError');
      if (this.transceivers.length === 0)
        for (const kind of ['audio', 'video'] as const) this.addTransceiver(kind);
      this.restarts = this.own.peer !== null && this.own.peer !== theirs;
    } else if (!['have-local-offer', 'have-remote-pranswer'].includes(this.signalingState)) {
      throw new DOMException('', 'InvalidStateError');
    }
    this.own = { ...this.own, peer: theirs };
    this.currentRemoteDescription = { type, sdp } as RTCSessionDescription;
    this.turn(
      type === 'offer' ? 'have-remote-offer' : type === 'pranswer' ? 'have-remote-pranswer' : 'stable',
    );
    this.network.look();
  }

  async addIceCandidate(): Promise<void> {
    await this.work();
    this.hasCandidates = true;
    this.network.look();
  }

  close(): void {
    if (this.closed) return;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    this.channel.shut();
    const { other } = this;
    // The other side learns of it from its data channel, and then from ICE.
    if (other?.other === this && !this.network.isGone(this))
      void this.network.later(20).then(() => other.simulateLost());
  }

  /** Whether two ends have each other's descriptions, and one of them may check candidates. */
  fits(end: FakeEnd): boolean {
    const meet = this.own.peer === end.own.fragment && end.own.peer === this.own.fragment;
    return meet && this.network.passes(this, end) && (this.hasCandidates || end.hasCandidates);
  }

  async simulateConnecting(): Promise<void> {
    this.become('connecting');
    await this.network.later(20);
    if (this.closed || !this.other || this.other.closed) return;
    this.iceConnectionState = 'connected';
    this.become('connected');
    this.channel.start();
  }

  simulateLost(): void {
    this.channel.shut();
    if (!this.closed) this.become('disconnected');
  }

  private async work(): Promise<void> {
    await this.network.later(5);
    if (this.closed) throw new DOMException('', 'InvalidStateError');
  }

  private async gather(type: RTCSdpType): Promise<void> {
    await this.network.later(20);
    if (this.closed) return;
    this.iceGatheringState = 'complete';
    this.tell(type);
    for (const name of ['icecandidate', 'icegatheringstatechange'])
      this.dispatchEvent(Object.assign(new Event(name), { candidate: null }));
    this.network.look();
  }

  private tell(type: RTCSdpType): void {
    const setup =
      type === 'offer' ? 'actpass' : isActive(this.currentRemoteDescription) ? 'passive' : 'active';
    const candidates =
      this.iceGatheringState === 'complete' ? [`a=candidate:1 1 udp 1 192.0.2.7 5000 typ host`] : [];
    const section = (kind: string, mid: number, codec: string) => [
      `m=${kind} 9 UDP/TLS/RTP/SAVPF 96`,
      'c=IN IP4 0.0.0.0',
      `a=mid:${mid}`,
      'a=rtcp-mux',
      `a=rtpmap:96 ${codec}`,
      `a=ice-ufrag:${this.own.fragment}`,
      `a=setup:${setup}`,
      ...candidates,
    ];
    const lines = [
      'v=0',
      'a=group:BUNDLE 0 1',
      ...section('audio', 0, 'opus/48000/2'),
      ...section('video', 1, 'VP8/90000'),
    ];
    this.localDescription = {
      type,
      sdp: lines.map((line) => `${line}\r\n`).join(''),
    } as RTCSessionDescription;
  }

  private turn(state: RTCSignalingState): void {
    this.signalingState = state;
    this.dispatchEvent(new Event('signalingstatechange'));
  }

  private become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

/** The control channel of an end. */
class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = 'connecting';
  readonly bufferedAmount = 0;
  /** Number of bytes received. */
  received = 0;

  constructor(
    private readonly end: FakeEnd,
    private readonly network: FakeNetwork,
  ) {
    super();
  }

  send(data: string): void {
    const { other } = this.end;
    if (!other || !this.network.passes(this.end, other)) return;
    queueMicrotask(() => other.channel.receive(data));
  }

  receive(data: string): void {
    if (this.readyState !== 'open') return;
    this.received += data.length;
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  start(): void {
    if (this.readyState !== 'connecting') return;
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  shut(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

let fragments = 0;
const fragment = () => `fake${++fragments}`;
const isActive = (description: RTCSessionDescription | null) =>
  /^a=setup:active/m.test(description?.sdp ?? '');
