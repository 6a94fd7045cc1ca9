import {
  delay,
  filter,
  firstValueFrom,
  map,
  of,
  Subject,
  Subscription,
  timeout,
  timer,
  concatMap,
} from 'rxjs';

import { connectionState$ } from './connection-state';
import { ControlChannel } from '../wire/control-channel';
import { trickle } from '../links/candidates';
import { localDescription$, usernameFragmentOf } from './local-description';
import { acceptSections, addSections, sendTracks } from './media-sections';
import { Negotiation, NegotiationMessage } from './negotiation';
import { within } from '../testing/within';

/** Moving video, so that frames are produced. */
function picture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  const paint = canvas.getContext('2d')!;
  let hue = 0;
  const repaint = setInterval(() => {
    paint.fillStyle = `hsl(${hue++ % 360} 90% 50%)`;
    paint.fillRect(0, 0, canvas.width, canvas.height);
  }, 40);
  const track = canvas.captureStream(25).getVideoTracks()[0]!;
  const stop = track.stop.bind(track);
  track.stop = () => {
    clearInterval(repaint);
    stop();
  };
  return track;
}

interface End {
  readonly connection: RTCPeerConnection;
  readonly control: ControlChannel;
  readonly negotiation: Negotiation;
}

describe('negotiation', () => {
  let cleanup: Subscription;
  beforeEach(() => (cleanup = new Subscription()));
  afterEach(() => cleanup.unsubscribe());

  const candidatesOf = async ({ connection }: End) => {
    while (connection.iceGatheringState !== 'complete') await firstValueFrom(timer(10));
    return connection.localDescription!;
  };

  /** Two connected ends that negotiate over a transport with latency that preserves the order. */
  const connected = async (latency: (round: number) => number = () => 2): Promise<readonly [End, End]> => {
    let round = 0;
    const ways = [new Subject<NegotiationMessage>(), new Subject<NegotiationMessage>()] as const;
    const end = (index: 0 | 1): End => {
      const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      cleanup.add(() => connection.close());
      const control = new ControlChannel(connection);
      const send = (message: NegotiationMessage) => ways[index].next(message);
      return {
        connection,
        control,
        negotiation: new Negotiation(connection, index === 1 ? 'answerer' : 'offerer', 'oa'[index]!, send),
      };
    };
    const ends = [end(0), end(1)] as const;
    const [offerer, answerer] = ends;
    const track = picture();
    cleanup.add(() => track.stop());
    const sent = { audio$: of(null), video$: of(track) };
    cleanup.add(sendTracks(addSections(offerer.connection), sent).subscribe());
    await offerer.connection.setLocalDescription();
    await answerer.connection.setRemoteDescription(await candidatesOf(offerer));
    cleanup.add(sendTracks(acceptSections(answerer.connection)!, sent).subscribe());
    await answerer.connection.setLocalDescription();
    await offerer.connection.setRemoteDescription(await candidatesOf(answerer));
    for (const [index, { connection, negotiation }] of ends.entries()) {
      const other = ends[1 - index]!;
      const control = { send: (message: NegotiationMessage) => ways[index as 0 | 1].next(message) };
      const local$ = localDescription$(connection);
      cleanup.add(trickle({ control, local$ }, negotiation.sent$).subscribe());
      cleanup.add(negotiation.run(of(true)).subscribe());
      cleanup.add(
        ways[index as 0 | 1]
          .pipe(concatMap((message) => of(message).pipe(delay(latency(round++)))))
          .subscribe((message) => other.negotiation.receive(message)),
      );
    }
    await Promise.all(
      ends.map(({ connection }) =>
        firstValueFrom(
          connectionState$(connection).pipe(
            filter((state) => state === 'connected'),
            timeout(within(8_000)),
          ),
        ),
      ),
    );
    return ends;
  };

  /** Waits until nothing is in progress and nothing more arrives. */
  const settled = async (ends: readonly End[]) => {
    const quiet = () =>
      ends.every(({ connection }) => connection.signalingState === 'stable') &&
      ends.every(({ connection }) => connection.getTransceivers().every(({ mid }) => mid !== null));
    for (let still = 0, tries = 0; still < 3; tries++) {
      if (tries > within(800))
        throw new Error(`not stable: ${ends.map(({ connection }) => connection.signalingState).join()}`);
      await firstValueFrom(timer(5));
      still = quiet() ? still + 1 : 0;
    }
  };

  const decoded = async ({ connection }: End) => {
    const report = [...(await connection.getStats()).values()] as Record<string, unknown>[];
    return report
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      .reduce((sum, { framesDecoded }) => sum + Number(framesDecoded ?? 0), 0);
  };

  const seesMore = async (end: End) => {
    const before = await decoded(end);
    for (let tries = 0; (await decoded(end)) <= before; tries++) {
      if (tries > within(100)) throw new Error('no more frames');
      await firstValueFrom(timer(50));
    }
  };

  it(
    'survives a hundred rounds in which both sides offer at once, with media in both directions',
    async () => {
      // Longer than creating an offer takes, and never the same, so that offers collide at every stage.
      const ends = await connected((round) => 12 + ((round * 7) % 23));
      let collisions = 0;
      const offering = ({ connection }: End) => connection.signalingState === 'have-local-offer';
      for (const { connection } of ends) {
        connection.addEventListener(
          'signalingstatechange',
          () => (collisions += ends.every(offering) ? 1 : 0),
        );
      }
      for (const { negotiation } of ends) {
        cleanup.add(negotiation.refused$.subscribe(() => fail('refused')));
      }
      for (let round = 0; round < 100; round++) {
        for (const { connection, negotiation } of ends) {
          if (round % 10 === 0) connection.addTransceiver('video', { direction: 'recvonly' });
          else if (round % 10 === 5) negotiation.restart();
          else connection.getTransceivers()[1]!.sender.setStreams(new MediaStream());
        }
        await settled(ends);
      }
      expect(collisions).toBeGreaterThan(50);
      for (const { connection } of ends) {
        expect(connection.signalingState).toBe('stable');
        // Two from the start, and ten from each side.
        expect(connection.getTransceivers().length).toBe(22);
        expect(connection.connectionState).toBe('connected');
      }
      await Promise.all(ends.map(seesMore));
    },
    within(60_000),
  );

  it(
    'restarts ICE from either side, and from both at once',
    async () => {
      const ends = await connected();
      const ufrags = () => ends.map(({ connection }) => usernameFragmentOf(connection.localDescription!.sdp));
      for (const starting of [[0], [1], [0, 1]] as const) {
        const before = ufrags();
        for (const index of starting) ends[index].negotiation.restart();
        await firstValueFrom(
          timer(0, 20).pipe(
            map(() => ufrags()),
            filter((now) => now.every((ufrag, index) => ufrag !== before[index])),
            timeout(within(4_000)),
          ),
        );
        await settled(ends);
        await Promise.all(ends.map(seesMore));
      }
    },
    within(20_000),
  );

  it('treats a duplicate offer as one, and sends its answer again', async () => {
    const [offerer, answerer] = await connected();
    const offered = firstValueFrom(offerer.negotiation.pending$.pipe(filter((offer) => offer !== null)));
    offerer.negotiation.restart();
    const offer = await offered;
    await settled([offerer, answerer]);
    // The version of the description (RFC 8829, section 5.2.1): candidates may still be added to it.
    const version = () => /^o=.*$/m.exec(answerer.connection.localDescription!.sdp)?.[0];
    const before = version();
    const again = new Promise<NegotiationMessage>((resolve) =>
      answerer.negotiation.receive({ type: 'description', kind: 'offer', ...offer }, resolve),
    );
    expect(await again).toEqual(jasmine.objectContaining({ kind: 'answer', id: offer.id }));
    // The offerer ignores an answer that arrives late.
    offerer.negotiation.receive(await again);
    await settled([offerer, answerer]);
    expect(before).toBeDefined();
    expect(version()).toBe(before);
  });

  describe('with descriptions that a browser rejects', () => {
    type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
    const setRemoteDescription: Set = RTCPeerConnection.prototype.setRemoteDescription;
    /** The descriptions that the browser rejects now. */
    let rejected: 'offer' | 'answer' | null;

    beforeEach(() => {
      rejected = null;
      spyOn(RTCPeerConnection.prototype, 'setRemoteDescription').and.callFake(function (
        this: RTCPeerConnection,
        description: RTCSessionDescriptionInit,
      ) {
        const { type, sdp } = description;
        return setRemoteDescription.call(this, {
          type,
          sdp: type === rejected ? sdp?.replace(/^a=ice-pwd:.*\r\n/gm, '') : sdp,
        });
      });
    });

    const count = (refusals: readonly unknown[], expected: number) =>
      firstValueFrom(
        timer(0, 20).pipe(
          filter(() => refusals.length === expected),
          timeout(within(6_000)),
        ),
      );
    const restart = async ({ negotiation }: { readonly negotiation: Negotiation }) => {
      const restarted = firstValueFrom(negotiation.restarted$.pipe(timeout(within(6_000))));
      negotiation.restart();
      await restarted;
    };

    for (const kind of ['offer', 'answer'] as const) {
      it(
        `rolls back the offer when the ${kind} is rejected, three times, and leaves the connection as it was`,
        async () => {
          const ends = await connected();
          const refused = ends.map(() => [] as unknown[]);
          ends.forEach(({ negotiation }, index) =>
            cleanup.add(negotiation.refused$.subscribe((one) => refused[index]!.push(one))),
          );
          rejected = kind;
          ends[0].connection.addTransceiver('video', { direction: 'sendonly' });
          await count(refused[0]!, 3);
          await firstValueFrom(timer(300));
          expect(refused[0]).toEqual(Array(3).fill({ refusal: 'description', restart: false }));
          expect(ends[0].connection.signalingState).toBe('stable');
          await Promise.all(ends.map(seesMore));
          // An answer that only one side has set leaves the two sides with different sections. Then a restart requires a
          // new link.
          if (kind === 'answer') return;
          expect(refused[1]!.length).toBe(3);
          rejected = null;
          await restart(ends[0]);
        },
        within(20_000),
      );
    }

    it(
      'counts consecutive refusals: an accepted answer resets the count',
      async () => {
        const ends = await connected();
        const refused: unknown[] = [];
        cleanup.add(ends[0].negotiation.refused$.subscribe((one) => refused.push(one)));
        rejected = 'offer';
        ends[0].connection.addTransceiver('video', { direction: 'sendonly' });
        await count(refused, 3);
        rejected = null;
        await restart(ends[0]);
        // Three more offers are made and refused.
        rejected = 'offer';
        ends[0].connection.addTransceiver('video', { direction: 'sendonly' });
        await count(refused, 6);
        expect(ends[0].connection.signalingState).toBe('stable');
      },
      within(20_000),
    );

    it('reports that a rejected offer was a restart', async () => {
      const [offerer] = await connected();
      rejected = 'answer';
      const refused = firstValueFrom(offerer.negotiation.refused$.pipe(timeout(within(6_000))));
      offerer.negotiation.restart();
      expect(await refused).toEqual({ refusal: 'description', restart: true });
    });
  });
});
