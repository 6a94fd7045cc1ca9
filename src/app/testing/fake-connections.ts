/** A candidate from a fake server. */
export type FakeCandidate = Partial<
  Pick<
    RTCIceCandidate,
    'type' | 'address' | 'port' | 'protocol' | 'relatedAddress' | 'relatedPort' | 'foundation'
  >
>;

/** As a browser reports it without camera permission: the address behind the NAT is hidden. */
const hidden = { relatedAddress: '0.0.0.0', relatedPort: 0 };

export const fakeCandidate = (candidate: FakeCandidate): RTCIceCandidate =>
  ({
    candidate: 'candidate:',
    type: 'host',
    protocol: 'udp',
    address: '192.0.2.7',
    port: 5000,
    foundation: '1',
    ...(candidate.type === 'srflx' ? hidden : {}),
    ...candidate,
  }) as RTCIceCandidate;

/** A peer connection that gathers the candidates a spec provides. */
export class FakeConnection extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'new';
  readonly onicecandidateerror = null;
  closed = false;

  constructor(
    readonly configuration: RTCConfiguration,
    private readonly gather: (connection: FakeConnection) => void,
  ) {
    super();
  }

  /** The URLs of all its servers. */
  get urls(): readonly string[] {
    return (this.configuration.iceServers ?? []).flatMap(({ urls }) => urls);
  }

  createDataChannel(): void {}

  setLocalDescription(): Promise<void> {
    this.iceGatheringState = 'gathering';
    queueMicrotask(() => this.gather(this));
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  simulateCandidate(candidate: FakeCandidate): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: fakeCandidate(candidate) }));
  }

  simulateError(errorCode: number, errorText = ''): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, errorText }));
  }

  simulateComplete(): void {
    this.iceGatheringState = 'complete';
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: null }));
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }
}

/** Replaces the browser's peer connections and the network they see. */
export class FakeConnections {
  readonly made: FakeConnection[] = [];

  /** @param gather simulates what each connection finds when it starts gathering */
  constructor(private readonly gather: (connection: FakeConnection) => void = () => undefined) {}

  readonly create = (configuration: RTCConfiguration): RTCPeerConnection => {
    const connection = new FakeConnection(configuration, this.gather);
    this.made.push(connection);
    return connection as unknown as RTCPeerConnection;
  };
}
