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

/** What the ends of connections use of the network between them. */
export interface Passage {
  /** Resolves after a random delay of at most so many ms. */
  later(most: number): Promise<void>;
  /** Whether anything passes between two ends. */
  passes(a: FakeEnd, b: FakeEnd): boolean;
  /** Whether nothing of this end passes any more, without a sign. */
  isGone(end: FakeEnd): boolean;
  /** Resolves after the time that a person takes to set a description with this fragment. */
  slowness(owner: string, fragment: string): Promise<void>;
  /** Connects what can be connected. */
  look(): void;
}

/** One end of a connection: behaves like an `RTCPeerConnection` as far as links use it. */
export class FakeEnd extends EventTarget {
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
    private readonly network: Passage,
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
    private readonly network: Passage,
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
