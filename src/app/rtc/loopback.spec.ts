import {
  BehaviorSubject,
  concatMap,
  filter,
  first,
  firstValueFrom,
  interval,
  map,
  NEVER,
  type Observable,
  of,
  Subscription,
  timeout,
  timer,
} from 'rxjs';

import { pictureMessages, type View } from '../pictures/picture-messages';
import { sharedSending } from '../pictures/shared-sending';
import { connectionState$ } from './connection-state';
import { type LinkMessage, linkMessages } from '../links/link-messages';
import type { Codec, Message } from '../wire/codec';
import { ControlChannel } from '../wire/control-channel';
import { LinkMedia } from './link-media';
import { localDescription$ } from './local-description';
import { linkStatistics$ } from './link-statistics';
import { acceptSections, addSections, sectionsOf, sendTracks } from './media-sections';
import { peerConnection } from './peer-connection';
import { movingTrack } from '../testing/made-tracks';
import { within } from '../testing/within';

/** Sends to a peer who shows the picture as `view$` says. */
const sendTo = (
  connection: RTCPeerConnection,
  view$: Observable<View> = NEVER,
  heard$: Observable<boolean> = of(true),
) =>
  sharedSending(
    of([
      {
        link: 'l',
        open$: of(true),
        messages: <M extends Message>(codec: Codec<M>) =>
          ((codec as object) === pictureMessages
            ? view$.pipe(map((view) => ({ type: 'view', ...view })))
            : NEVER) as unknown as Observable<M>,
        media: new LinkMedia(connection),
        figures$: linkStatistics$(connection),
        heard$,
      },
    ]),
    of('nobody'),
  );

describe('a connection with itself', () => {
  let subscriptions: Subscription;
  beforeEach(() => (subscriptions = new Subscription()));
  afterEach(() => subscriptions.unsubscribe());

  const open = () => {
    let connection!: RTCPeerConnection;
    const subscription = peerConnection(() => new RTCPeerConnection()).subscribe(
      (made) => (connection = made),
    );
    subscriptions.add(subscription);
    return { connection, close: () => subscription.unsubscribe() };
  };

  /** Two ends with media sections and control channels. Their descriptions are exchanged by hand. */
  const pair = async (track: MediaStreamTrack | null = null) => {
    const [offerer, answerer] = [open(), open()];
    const channels = [
      new ControlChannel(offerer.connection),
      new ControlChannel(answerer.connection),
    ] as const;
    const sections = addSections(offerer.connection);
    subscriptions.add(sendTracks(sections, { audio$: of(null), video$: of(track) }).subscribe());
    const offer$ = firstValueFrom(
      localDescription$(offerer.connection).pipe(
        first(({ complete }) => complete),
        timeout(within(12_000)),
      ),
    );
    await offerer.connection.setLocalDescription();
    const offer = await offer$;
    await answerer.connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    acceptSections(answerer.connection);
    const answer$ = firstValueFrom(
      localDescription$(answerer.connection).pipe(
        first(({ complete }) => complete),
        timeout(within(12_000)),
      ),
    );
    await answerer.connection.setLocalDescription();
    const answer = await answer$;
    await offerer.connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    const connect = () =>
      Promise.all([
        ...offer.candidates.map((candidate) => answerer.connection.addIceCandidate(candidate)),
        ...answer.candidates.map((candidate) => offerer.connection.addIceCandidate(candidate)),
      ]);
    return { offerer, answerer, channels, offer, answer, connect };
  };
  const state = ({ connection }: { connection: RTCPeerConnection }, wanted: RTCPeerConnectionState) =>
    firstValueFrom(
      connectionState$(connection).pipe(
        filter((is) => is === wanted),
        timeout(within(8_000)),
      ),
    );

  it('closes with its subscription', () => {
    const { connection, close } = open();
    expect(connection.connectionState).toBe('new');
    close();
    expect(connection.connectionState).toBe('closed');
  });

  it('delivers candidates beside the description, and reports when they are complete', async () => {
    const { offer } = await pair();
    expect(offer.sdp).toContain('m=video');
    expect(offer.sdp).not.toContain('a=candidate');
    expect(offer.candidates.length).toBeGreaterThan(0);
    expect(offer.complete).toBeTrue();
  });

  it('sends nothing before it has a candidate of the peer', async () => {
    const { answerer, connect } = await pair();
    expect(answerer.connection.iceConnectionState).toBe('new');
    const pairs = [...(await answerer.connection.getStats()).values()].filter(
      (stats: { type: string }) => stats.type === 'candidate-pair',
    );
    expect(pairs).toEqual([]);
    await connect();
    await state(answerer, 'connected');
  });

  it('adapts what it sends when the camera changes its resolution', async () => {
    const track = movingTrack();
    let size = { width: 1280, height: 720 };
    track.getSettings = () => size;
    const { offerer, connect } = await pair(track);
    const sections = sectionsOf(offerer.connection)!;
    subscriptions.add(sendTo(offerer.connection, of({ width: 320, height: 180 })).subscribe());
    await connect();
    await state(offerer, 'connected');
    const scaled = (scale: number) =>
      firstValueFrom(
        interval(50).pipe(
          filter(() => sections.video.sender.getParameters().encodings[0]?.scaleResolutionDownBy === scale),
          timeout(within(5_000)),
        ),
      );
    await scaled(4);
    size = { width: 320, height: 180 };
    await scaled(1);
    track.stop();
    expect(sections.video.sender.getParameters().encodings[0]?.maxBitrate).toBeLessThan(200_000);
  });

  for (const [what, stop] of [
    ['isn’t heard', 'heard'],
    ['hides it', 'hidden'],
  ] as const) {
    it(
      `sends no video while the peer ${what}, and resumes with a whole frame`,
      async () => {
        const { offerer, connect } = await pair(movingTrack());
        const { video } = sectionsOf(offerer.connection)!;
        const size = { width: 640, height: 360 };
        const [heard$, view$] = [new BehaviorSubject(true), new BehaviorSubject<View>(size)];
        subscriptions.add(sendTo(offerer.connection, view$, heard$).subscribe());
        const turn = (on: boolean) =>
          stop === 'heard' ? heard$.next(on) : view$.next(on ? size : { ...size, hidden: true });
        await connect();
        await state(offerer, 'connected');
        const sent = async () => {
          const figures = [...(await video.sender.getStats()).values()].find(
            ({ type }: { type: string }) => type === 'outbound-rtp',
          ) as { framesEncoded?: number; keyFramesEncoded?: number } | undefined;
          return { frames: figures?.framesEncoded ?? 0, whole: figures?.keyFramesEncoded ?? 0 };
        };
        const until = (is: (now: { frames: number; whole: number }) => boolean) =>
          firstValueFrom(interval(50).pipe(concatMap(sent), filter(is), timeout(within(5_000))));
        const reported = () =>
          firstValueFrom(
            linkStatistics$(offerer.connection).pipe(
              map((statistics) => statistics.sent.video?.active),
              filter((active) => active !== undefined),
            ),
          );
        await until(({ frames }) => frames > 3);
        expect(await reported()).toBeTrue();
        turn(false);
        let before = await sent();
        // A frame may still be in flight.
        for (let last = -1; last !== before.frames; before = await sent()) {
          last = before.frames;
          await firstValueFrom(timer(300));
        }
        // Longer than the interval of one second after which everything is checked again.
        await firstValueFrom(timer(1_500));
        expect(await sent()).toEqual(before);
        expect(await reported()).toBeFalse();
        turn(true);
        await until(({ frames, whole }) => frames > before.frames && whole > before.whole);
      },
      within(15_000),
    );
  }

  it('knows the senders of pictures beside the camera’s', async () => {
    const track = movingTrack();
    const { offerer } = await pair(track);
    const media = new LinkMedia(offerer.connection);
    expect(media.addedPictures()).toEqual([]);
    const added = media.add(new MediaStream([track]));
    expect(media.addedPictures()).toEqual(added.senders);
    added.stop();
    expect(media.addedPictures()).toEqual([]);
    track.stop();
  });

  it('carries control messages in both directions', async () => {
    const { offerer, answerer, channels, connect } = await pair();
    await connect();
    await Promise.all([state(offerer, 'connected'), state(answerer, 'connected')]);
    for (const [from, to] of [
      [channels[0], channels[1]],
      [channels[1], channels[0]],
    ] as const) {
      const received = firstValueFrom(to.messages(linkMessages).pipe(timeout(within(8_000))));
      await firstValueFrom(from.open$.pipe(filter(Boolean), timeout(within(8_000))));
      from.send<LinkMessage>({ type: 'state', microphone: false, camera: true });
      expect(await received).toEqual({ type: 'state', microphone: false, camera: true });
    }
  });

  it('has media in both directions without renegotiation, and statistics of it', async () => {
    const track = movingTrack();
    subscriptions.add(() => track.stop());
    const { answerer, offerer, connect } = await pair(track);
    await connect();
    const received = await firstValueFrom(
      linkStatistics$(answerer.connection).pipe(
        map((figures) => ({ ...figures, video: figures.received.video })),
        filter(({ video }) => (video?.bitRate ?? 0) > 0 && (video?.frameRate ?? 0) > 0),
        timeout(within(10_000)),
      ),
    );
    expect(received.video?.codec).toBe('video/VP9');
    expect(received.video?.width).toBeGreaterThan(0);
    expect(['host', 'prflx']).toContain(received.local!);
    expect(received.protocol).toBe('udp');
    expect(offerer.connection.getTransceivers().map(({ currentDirection }) => currentDirection)).toEqual([
      'sendrecv',
      'sendrecv',
    ]);
  });
});
