import { filter, firstValueFrom, of, timeout } from 'rxjs';

import { type Peer, peerOver } from '../wire/peers';
import { ControlChannel } from '../wire/control-channel';
import { within } from './within';

let links = 0;

/**
 * Connects two connections of one page.
 *
 * @param accept called once the answerer has the offer
 */
export async function connect(
  offerer: RTCPeerConnection,
  answerer: RTCPeerConnection,
  accept: () => void = () => undefined,
): Promise<void> {
  offerer.onicecandidate = ({ candidate }) => void answerer.addIceCandidate(candidate ?? undefined);
  answerer.onicecandidate = ({ candidate }) => void offerer.addIceCandidate(candidate ?? undefined);
  await offerer.setLocalDescription();
  await answerer.setRemoteDescription(offerer.localDescription!);
  accept();
  await answerer.setLocalDescription();
  await offerer.setRemoteDescription(answerer.localDescription!);
}

/** Two members with a real link between them, in one page. */
export class LoopbackLink {
  private constructor(
    /** The peer as the first member sees it. */
    readonly near: Peer,
    /** The peer as the second member sees it. */
    readonly far: Peer,
    readonly nearConnection: RTCPeerConnection,
    readonly farConnection: RTCPeerConnection,
  ) {}

  /** Resolves when both control channels are open. */
  static async open(first = 'first00000000000', second = 'second0000000000'): Promise<LoopbackLink> {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    const [controlA, controlB] = [new ControlChannel(a), new ControlChannel(b)];
    await connect(a, b);
    const open = (control: ControlChannel) =>
      firstValueFrom(control.open$.pipe(filter(Boolean), timeout(within(10_000))));
    await Promise.all([open(controlA), open(controlB)]);
    const peer = (connection: RTCPeerConnection, control: ControlChannel, session: string, name: string) =>
      peerOver({ id: String(++links), connection, control, heard$: of(true) }, session, name);
    return new LoopbackLink(peer(a, controlA, second, 'Second'), peer(b, controlB, first, 'First'), a, b);
  }

  close(): void {
    this.nearConnection.close();
    this.farConnection.close();
  }
}
