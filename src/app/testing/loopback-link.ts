import { filter, firstValueFrom, of, timeout } from 'rxjs';

import type { Peer } from '../wire/peers';
import { ControlChannel } from '../wire/control-channel';
import { within } from './within';

/** Two members with a real link between them, in one page. */
export class LoopbackLink {
  private constructor(
    /** The peer as the first member sees it. */
    readonly near: Peer,
    /** The peer as the second member sees it. */
    readonly far: Peer,
  ) {}

  /** Resolves when both control channels are open. */
  static async open(first = 'first00000000000', second = 'second0000000000'): Promise<LoopbackLink> {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => void b.addIceCandidate(candidate ?? undefined);
    b.onicecandidate = ({ candidate }) => void a.addIceCandidate(candidate ?? undefined);
    const [controlA, controlB] = [new ControlChannel(a), new ControlChannel(b)];
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
    const open = (control: ControlChannel) =>
      firstValueFrom(control.open$.pipe(filter(Boolean), timeout(within(10_000))));
    await Promise.all([open(controlA), open(controlB)]);
    return new LoopbackLink(
      { session: second, name: 'Second', control: controlA, connection: a, heard$: of(true) },
      { session: first, name: 'First', control: controlB, connection: b, heard$: of(true) },
    );
  }

  close(): void {
    this.near.connection.close();
    this.far.connection.close();
  }
}
