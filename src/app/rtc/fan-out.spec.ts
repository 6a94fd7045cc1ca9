import {
  BehaviorSubject,
  filter,
  firstValueFrom,
  interval,
  of,
  Subscription,
  switchMap,
  timeout,
} from 'rxjs';

import { connect } from '../testing/loopback-link';
import { movingTrack } from '../testing/made-tracks';
import { within } from '../testing/within';
import { FanOut } from './fan-out';
import { acceptSections, addSections, sectionsOf, sendTracks } from './media-sections';
import { cover, type Outlet, outletOf } from './outlets';
import { peerConnection } from './peer-connection';

interface Sent {
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly framesSent?: number;
}

describe('FanOut', () => {
  let subscriptions: Subscription;
  let fanOut: FanOut;
  let video$: BehaviorSubject<MediaStreamTrack | null>;

  beforeEach(async () => {
    subscriptions = new Subscription();
    fanOut = await new Promise<FanOut>((resolve) => subscriptions.add(FanOut.ready$().subscribe(resolve)));
    const track = movingTrack(() => 'rgb(200 30 30)', { width: 320, height: 180 });
    subscriptions.add(() => track.stop());
    video$ = new BehaviorSubject<MediaStreamTrack | null>(track);
  });
  afterEach(() => subscriptions.unsubscribe());

  const open = () => {
    let connection!: RTCPeerConnection;
    subscriptions.add(peerConnection(() => new RTCPeerConnection()).subscribe((made) => (connection = made)));
    return connection;
  };

  /** A link that sends the picture, and shows it at the other end. */
  const link = async (role: 'offerer' | 'answerer' = 'offerer') => {
    const [offerer, answerer] = [open(), open()];
    const [sender, receiver] = role === 'offerer' ? [offerer, answerer] : [answerer, offerer];
    cover(sender, fanOut);
    const shown = document.createElement('video');
    Object.assign(shown, { muted: true, autoplay: true });
    receiver.ontrack = ({ track }) => {
      if (track.kind === 'video') shown.srcObject = new MediaStream([track]);
    };
    addSections(offerer);
    await connect(offerer, answerer, () => void acceptSections(answerer));
    const sections = sectionsOf(sender)!;
    const sending = sendTracks(sections, { audio$: of(null), video$ }).subscribe();
    subscriptions.add(sending);
    const encoder = sections.video.sender;
    const parameters = encoder.getParameters();
    Object.assign(parameters.encodings[0]!, {
      scaleResolutionDownBy: 1,
      codec: { mimeType: 'video/VP8', clockRate: 90_000 },
    });
    await encoder.setParameters(parameters);
    const stats = async (): Promise<Sent> =>
      [...(await encoder.getStats()).values()].find(
        ({ type }: { type: string }) => type === 'outbound-rtp',
      ) as Sent;
    return { encoder, outlet: outletOf(encoder)!, shown, stats, end: () => sending.unsubscribe() };
  };
  type Link = Awaited<ReturnType<typeof link>>;

  const until = (is: () => Promise<boolean> | boolean) =>
    firstValueFrom(
      interval(50).pipe(
        switchMap(async () => is()),
        filter(Boolean),
        timeout(within(15_000)),
      ),
    );
  const hasFrames = ({ shown }: Link) => until(() => shown.videoWidth === 320 && shown.videoHeight === 180);
  const isPlaceholder = async ({ stats }: Link) => (await stats()).frameHeight === 384;
  /** Resolves once the peer has been shown so many more frames. */
  const moves = async ({ shown }: Link, frames = 10) => {
    const begin = shown.getVideoPlaybackQuality().totalVideoFrames;
    await until(() => shown.getVideoPlaybackQuality().totalVideoFrames >= begin + frames);
  };
  const colour = ({ shown }: Link) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 1, height: 1 });
    const context = canvas.getContext('2d')!;
    context.drawImage(shown, 100, 60, 20, 20, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const isRed = (one: Link) => {
    const [red = 0, green = 0, blue = 0] = colour(one);
    return red > 150 && green < 90 && blue < 90;
  };

  /** Two links, of which one sends the frames of the other's encoder. */
  const following = async () => {
    const [source, follower] = [await link(), await link()];
    await Promise.all([hasFrames(source), hasFrames(follower)]);
    follower.outlet.follow(source.outlet);
    await until(() => isPlaceholder(follower));
    await moves(follower);
    return { source, follower };
  };

  it('sends the frames of one encoder to several peers, whole and in their size', async () => {
    const links = await Promise.all([link(), link(), link('answerer')]);
    const [source, ...followers] = links;
    await Promise.all(links.map(hasFrames));
    for (const { outlet } of followers) outlet.follow(source.outlet);
    for (const follower of followers) {
      await until(() => isPlaceholder(follower));
      await moves(follower);
      await hasFrames(follower);
      await until(() => isRed(follower));
    }
    expect(await isPlaceholder(source)).toBeFalse();
  });

  it('gives a sender its own encoder back', async () => {
    const { source, follower } = await following();
    follower.outlet.follow(null);
    await until(async () => !(await isPlaceholder(follower)));
    await moves(follower);
    await hasFrames(follower);
    source.end();
    await moves(follower);
  });

  it('follows the next source when its own ends', async () => {
    const { source, follower } = await following();
    const second = await link();
    await hasFrames(second);
    source.end();
    follower.outlet.follow(second.outlet);
    await moves(follower);
    await until(() => isRed(follower));
  });

  it('sends nothing while there is no picture, and the next one when there is', async () => {
    const { follower } = await following();
    const track = video$.value;
    video$.next(null);
    await until(() => follower.encoder.track === null);
    const sent = async () => (await follower.stats()).framesSent ?? 0;
    // What is under way still arrives.
    let last = -1;
    await until(async () => {
      const now = await sent();
      const still = now === last;
      last = now;
      return still;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await sent()).toBe(last);
    expect(follower.outlet.picture).toBeNull();
    video$.next(track);
    await moves(follower);
    expect(follower.outlet.picture).toBe(track);
    expect(follower.encoder.track).not.toBe(track);
  });

  it('ends the placeholder with the sending', async () => {
    const [source, follower] = [await link(), await link()];
    follower.outlet.follow(source.outlet);
    await until(() => follower.encoder.track !== video$.value);
    const placeholder = follower.encoder.track!;
    follower.end();
    expect(placeholder.readyState).toBe('ended');
    expect(video$.value!.readyState).toBe('live');
  });

  it('has no outlet for senders of connections that it doesn’t cover', () => {
    const sections = addSections(open());
    const none: Outlet | null = outletOf(sections.video.sender);
    expect(none).toBeNull();
  });
});
