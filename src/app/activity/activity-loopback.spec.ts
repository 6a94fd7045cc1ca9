import { filter, firstValueFrom, of, Subscription, timeout } from 'rxjs';

import { ControlChannel } from '../wire/control-channel';
import { peerConnection } from '../rtc/peer-connection';
import { FakePeers } from '../testing/fake-peers';
import { Activity } from './activity';
import { type Peer, peerOver } from '../wire/peers';
import { within } from '../testing/within';

describe('activity over real connections', () => {
  let subscriptions: Subscription;
  beforeEach(() => {
    sessionStorage.clear();
    subscriptions = new Subscription();
  });
  afterEach(() => subscriptions.unsubscribe());

  const end = () => {
    let connection!: RTCPeerConnection;
    const held = peerConnection(() => new RTCPeerConnection()).subscribe((made) => (connection = made));
    subscriptions.add(held);
    return { connection, control: new ControlChannel(connection), close: () => held.unsubscribe() };
  };
  /** Two ends that connect to each other by themselves. */
  const connect = () => {
    const [one, two] = [end(), end()];
    one.connection.onicecandidate = ({ candidate }) =>
      void two.connection.addIceCandidate(candidate ?? undefined);
    two.connection.onicecandidate = ({ candidate }) =>
      void one.connection.addIceCandidate(candidate ?? undefined);
    void (async () => {
      await one.connection.setLocalDescription();
      await two.connection.setRemoteDescription(one.connection.localDescription!);
      await two.connection.setLocalDescription();
      await one.connection.setRemoteDescription(two.connection.localDescription!);
    })();
    return [one, two] as const;
  };
  const sit = async (session: string, name: string) => {
    const peers = new FakePeers();
    peers.simulateSelf(session, name);
    const activity = await Activity.of(peers, null, { session, name });
    subscriptions.add(() => activity.close());
    return { peers, activity };
  };
  let links = 0;
  const peer = (session: string, name: string, { connection, control }: ReturnType<typeof end>): Peer =>
    peerOver({ id: String(++links), connection, control, heard$: of(true) }, session, name);

  it('delivers 300 messages once and in order, although the connection is cut and replaced midway', async () => {
    const [ada, ben] = [await sit('a', 'Ada'), await sit('b', 'Ben')];
    const link = () => {
      const [one, two] = connect();
      ada.peers.peers.next([peer('b', 'Ben', one)]);
      ben.peers.peers.next([peer('a', 'Ada', two)]);
      return [one, two] as const;
    };
    const have = (count: number) =>
      firstValueFrom(
        ben.activity.chat.state$.pipe(
          filter(({ messages }) => messages.length >= count),
          timeout(within(15_000)),
        ),
      );
    const texts = Array.from({ length: 300 }, (_, n) => `message ${n}${'.'.repeat(n)}`);
    const write = (from: number, to: number) =>
      texts.slice(from, to).forEach((text) => ada.activity.chat.write(text));

    write(0, 50);
    const [one, two] = link();
    await have(50);
    write(50, 150);
    // Some of them are in flight now.
    one.close();
    two.close();
    write(150, 200);
    link();
    await have(150);
    write(200, 300);
    const { messages } = await have(300);
    expect(messages.map(({ text }) => text)).toEqual(texts);
    const { delivery } = await firstValueFrom(
      ada.activity.chat.state$.pipe(
        filter(({ delivery: of }) => [...of.values()].every((is) => is === 'delivered')),
        timeout(within(15_000)),
      ),
    );
    expect(delivery.size).toBe(300);
  });
});
